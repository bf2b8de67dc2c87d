// SPDX-License-Identifier: Apache-2.0
// Programs of a real Windows.
#include <boost/test/unit_test.hpp>

#include "engine/pe/pe_header.h"
#include "tests/engine/pe/pe_support.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const std::string programs = "servicing/dcm_pa30/deltas/sources/";

struct RealProgram {
  const char* name;
  const char* version;
  const char* description;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(real_programs)

BOOST_AUTO_TEST_CASE(say_their_versions) {
  if (!have_real_data()) {
    return;
  }
  for (const RealProgram& program :
       {RealProgram{"cmd.exe", "10.0.26100.7309", "Windows Command Processor"},
        RealProgram{"notepad.exe", "10.0.26100.7309", "Notepad"},
        RealProgram{"where.exe", "10.0.26100.1", "Where - Lists location of files"},
        RealProgram{"advapi32_old.dll", "10.0.26100.32234", "Advanced Windows 32 Base API"}}) {
    const PeFile file = must(PeFile::open(real_source(programs + program.name)));
    BOOST_TEST(file.machine() == must(read_pe_machine(*real_source(programs + program.name))));
    BOOST_TEST(file.is_wide());
    const auto info = must(read_version_info(file));
    BOOST_TEST_REQUIRE(info.has_value());
    BOOST_TEST(!info->damaged);
    BOOST_TEST(file_version_text(info->file_version.value()) == program.version);
    BOOST_TEST(to_utf8(info->text(u"FileDescription")) == program.description);
    BOOST_TEST(to_utf8(info->text(u"CompanyName")) == "Microsoft Corporation");
  }
}

BOOST_AUTO_TEST_CASE(have_resources_by_name) {
  if (!have_real_data()) {
    return;
  }
  const PeFile file = must(PeFile::open(real_source(programs + "cmd.exe")));
  const auto mui = must(read_resource(file, std::u16string(u"MUI"), std::uint16_t{1}, 4096));
  BOOST_TEST_REQUIRE(mui.has_value());
  BOOST_TEST(mui->size() == 216U);
  // Its strings are in files of languages.
  BOOST_TEST(!must(read_resource_string(file, 1)).has_value());
}

BOOST_AUTO_TEST_CASE(survive_truncation) {
  if (!have_real_data()) {
    return;
  }
  const std::vector<std::byte> whole = real_bytes(programs + "where.exe");
  for (std::size_t size = 0; size < whole.size(); size += 97) {
    if (const auto file =
            open_bytes({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)})) {
      ask_everything(*file);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
