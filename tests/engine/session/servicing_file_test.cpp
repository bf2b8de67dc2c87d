// SPDX-License-Identifier: Apache-2.0
// Packages and INFs that a caller names by a path.
#include "engine/session/servicing_file.h"

#include <algorithm>
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

#include "fixtures/build/archive/cab_builder.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr std::string_view manifest =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<assembly xmlns=\"urn:schemas-microsoft-com:asm.v3\" displayName=\"Sample\">\n"
    "  <assemblyIdentity name=\"Package_for_KB1\" version=\"1.2.3.4\"\n"
    "    processorArchitecture=\"amd64\" language=\"neutral\"\n"
    "    publicKeyToken=\"31bf3856ad364e35\"/>\n"
    "  <package identifier=\"KB1\" releaseType=\"Update\"/>\n"
    "</assembly>\n";

fixture::ByteVector bytes_of(std::string_view text) {
  fixture::ByteVector bytes(text.size());
  std::ranges::transform(text, bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
  return bytes;
}

Result<PackageManifest> read_package(const std::string& path) {
  return read_package_file(from_utf8(path).value());
}

std::string name_of(const PackageManifest& package) {
  return package.identity ? to_utf8(package.identity->name) : "no identity";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(servicing_file)

BOOST_AUTO_TEST_CASE(a_cabinet_has_its_manifest_at_its_root) {
  const TempDir dir;
  const std::string cab = dir.write(
      "package.cab", fixture::build_cab({{.name = "amd64_x\\payload.dll"},
                                         {.name = "other.mum", .content = bytes_of("<")},
                                         {.name = "Update.MUM", .content = bytes_of(manifest)}}));
  BOOST_TEST(name_of(must(read_package(cab))) == "Package_for_KB1");
}

BOOST_AUTO_TEST_CASE(a_folder_with_an_unpacked_package_is_one) {
  const TempDir dir;
  dir.write("package/update.mum", manifest);
  dir.write("package/other.mum", "<");
  BOOST_TEST(name_of(must(read_package(dir.file("package")))) == "Package_for_KB1");
  BOOST_TEST(name_of(must(read_package(dir.file("package") + "\\"))) == "Package_for_KB1");
}

BOOST_AUTO_TEST_CASE(the_only_manifest_of_a_folder_is_taken) {
  const TempDir dir;
  dir.write("package/some.Mum", manifest);
  dir.write("package/some.cat", "");
  BOOST_TEST(name_of(must(read_package(dir.file("package")))) == "Package_for_KB1");
  dir.write("package/second.mum", manifest);
  BOOST_TEST(is_status(read_package(dir.file("package")), invalid_package));
}

BOOST_AUTO_TEST_CASE(a_manifest_itself_is_taken_and_backslashes_separate) {
  const TempDir dir;
  dir.write("sub/any name.xml", manifest);
  BOOST_TEST(name_of(must(read_package(dir.path() + "/sub/any name.xml"))) == "Package_for_KB1");
  BOOST_TEST(name_of(must(read_package(dir.path() + "\\sub\\any name.xml"))) == "Package_for_KB1");
}

BOOST_AUTO_TEST_CASE(a_manifest_may_be_utf_16) {
  const TempDir dir;
  const std::string_view without_declaration = manifest.substr(manifest.find("<assembly"));
  fixture::ByteVector utf16{std::byte{0xFF}, std::byte{0xFE}};
  for (const char unit : without_declaration) {
    utf16.push_back(static_cast<std::byte>(unit));
    utf16.push_back(std::byte{0});
  }
  BOOST_TEST(name_of(must(read_package(dir.write("wide.mum", utf16)))) == "Package_for_KB1");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_says_which_part_is_missing) {
  const TempDir dir;
  const auto missing = read_package(dir.path() + "/no.cab");
  BOOST_TEST(is_status(missing, Status::not_found));
  BOOST_TEST(mentions(missing.error().message(), {"An error occurred trying to open", "no.cab"}));
  BOOST_TEST(is_status(read_package(dir.path() + "/no folder/no.cab"), Status::path_not_found));
  BOOST_TEST(is_status(read_package(""), Status::invalid_argument));
  BOOST_TEST(
      is_status(read_package_file(std::u16string_view(u"a\0b", 3)), Status::invalid_argument));
}

BOOST_AUTO_TEST_CASE(everything_else_is_no_valid_package) {
  const TempDir dir;
  const std::array paths{
      dir.write("text.txt", "no package"),
      dir.write("empty.cab", ""),
      dir.write("damaged.mum", "<assembly"),
      dir.write("other.xml", "<something/>"),
      dir.write("no manifest.cab", fixture::build_cab({{.name = "readme.txt"}})),
      dir.make_dir("empty"),
  };
  for (const std::string& path : paths) {
    BOOST_TEST_CONTEXT(path) {
      const auto read = read_package(path);
      BOOST_TEST(is_status(read, invalid_package));
      BOOST_TEST(mentions(read.error().message(), {"not valid Windows package", path.c_str()}));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_cabinet_that_ends_early_is_no_crash) {
  const TempDir dir;
  const fixture::ByteVector whole =
      fixture::build_cab({{.name = "update.mum", .content = bytes_of(manifest)}});
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const std::string path = dir.write("cut.cab", std::span<const std::byte>(whole).first(size));
    const auto read = read_package(path);
    BOOST_TEST(!read.has_value());
  }
}

BOOST_AUTO_TEST_CASE(an_inf_is_read_with_its_name) {
  const TempDir dir;
  const std::string path = dir.write("drivers/Disk.inf", "[Version]\r\n");
  for (const std::string& given : {path, dir.path() + "\\drivers\\Disk.inf"}) {
    const InfFile file = must(read_inf_file(from_utf8(given).value()));
    BOOST_TEST(to_utf8(file.name) == "Disk.inf");
    BOOST_TEST(to_utf8(file.path) == given);
    BOOST_TEST((file.bytes == bytes_of("[Version]\r\n")));
  }
}

BOOST_AUTO_TEST_CASE(an_inf_that_is_not_there_says_which_part_is_missing) {
  const TempDir dir;
  const auto read = [](const std::string& path) { return read_inf_file(from_utf8(path).value()); };
  BOOST_TEST(is_status(read(dir.path() + "/no.inf"), Status::not_found));
  BOOST_TEST(is_status(read(dir.path() + "/no folder/no.inf"), Status::path_not_found));
  BOOST_TEST(is_status(read(dir.path()), Status::invalid_argument));
  BOOST_TEST(is_status(read(""), Status::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
