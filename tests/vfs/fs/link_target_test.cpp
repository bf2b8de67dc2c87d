// SPDX-License-Identifier: Apache-2.0
// Where the texts of links lead.
#include "vfs/fs/link_target.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

struct Row {
  std::uint32_t tag;
  std::u16string_view text;
  bool relative;
  const char* expected;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << to_utf8(row.text);
}

/// "here a ^ b", "root a", or the formatted path.
std::string describe(const LinkTarget& target) {
  if (const auto* path = std::get_if<ParsedPath>(&target)) {
    return to_utf8(format_path(*path));
  }
  const auto& relative = std::get<RelativeTarget>(target);
  std::string text = relative.from_root ? "root" : "here";
  for (const PathStep& step : relative.steps) {
    text += " " + (step.up ? std::string("^") : to_utf8(step.raw));
  }
  return text;
}

constexpr std::uint32_t sym = reparse_tag::symlink;
constexpr std::uint32_t mount = reparse_tag::mount_point;
constexpr std::uint32_t lx = reparse_tag::lx_symlink;

const std::array good{
    Row{mount, u"\\??\\C:\\Users", false, "\\\\?\\C:\\Users"},
    Row{mount, u"\\??\\C:", false, "\\\\?\\C:\\"},
    Row{mount, u"\\??\\Volume{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\", false,
        "\\\\?\\Volume{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\"},
    Row{mount, u"\\Device\\HarddiskVolume2\\x", false, "\\Device\\HarddiskVolume2\\x"},
    Row{sym, u"C:\\x", false, "C:\\x"},
    Row{sym, u"\\Users", false, "root Users"},
    Row{sym, u"\\??\\UNC\\server\\share", false, "\\??\\UNC\\server\\share"},
    Row{sym, u"..\\a\\.\\..\\b", true, "here ^ a ^ b"},
    Row{sym, u"a. \\b", true, "here a.  b"},
    Row{sym, u"\\a\\b", true, "root a b"},
    Row{sym, u"a/b", true, "here a b"},
    Row{sym, u".", true, "here"},
    Row{lx, u"../a/b", true, "here ^ a b"},
    Row{lx, u"a:b", true,
        "here a\xEF\x80\xBA"
        "b"},
    Row{lx, u"/mnt/c/Users/../x", false, "\\\\?\\C:\\x"},
    Row{lx, u"/mnt/c", false, "\\\\?\\C:\\"},
    Row{lx, u"/mnt/cc/x", false, "/mnt/cc/x"},
    Row{lx, u"/usr/bin", false, "/usr/bin"},
};

BOOST_AUTO_TEST_SUITE(link_target)

BOOST_DATA_TEST_CASE(reads, bdata::make(good), row) {
  const ReparseTarget target{row.tag, std::u16string(row.text), row.relative};
  BOOST_TEST(describe(must(parse_link_target(target, {}))) == row.expected);
}

const std::array bad{
    Row{mount, u"", false, ""},
    Row{mount, u"Users", false, ""},
    Row{sym, u"%windir%\\x", false, ""},
    Row{sym, u"\\SystemRoot\\x", false, ""},
    Row{sym, u"\\??\\C:\\x:stream", false, ""},
    Row{sym, u"\\??\\C:\\x:", false, ""},
};

BOOST_DATA_TEST_CASE(rejects_targets_that_name_no_place, bdata::make(bad), row) {
  const ReparseTarget target{row.tag, std::u16string(row.text), row.relative};
  BOOST_TEST(is_status(parse_link_target(target, {}), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(bounds_the_components_of_a_target) {
  Limits limits;
  limits.max_path_depth = 2;
  for (const bool relative : {false, true}) {
    const std::u16string start = relative ? u"" : u"\\??\\C:\\";
    BOOST_TEST(is_ok(parse_link_target({sym, start + u"a\\b", relative}, limits)));
    BOOST_TEST(is_status(parse_link_target({sym, start + u"a\\b\\c", relative}, limits),
                         Status::limit_exceeded));
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
