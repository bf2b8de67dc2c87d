// SPDX-License-Identifier: Apache-2.0
// Host symlinks as Windows reparse points.
#include "vfs/fs/host_link.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/reparse.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

struct Row {
  const char* text;
  const char* target;
  bool relative;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.text;
}

const std::array rows{
    Row{"x", "x", true},
    Row{"../a/b", "..\\a\\b", true},
    Row{"./a//b/", ".\\a\\\\b\\", true},
    Row{"..\\a\\b", "..\\a\\b", true},      // kept by an archive tool
    Row{"a\\b/c", "a\\u{DC5C}b\\c", true},  // a Unix name with a backslash
    Row{"/img/tree/Users", "\\Users", true},
    Row{"/img/tree", "\\", true},
    Row{"/img/tree/", "\\", true},
    Row{"/img/treetop", "\\img\\treetop", true},
    Row{"/etc/passwd", "\\etc\\passwd", true},
    Row{"/", "\\", true},
    Row{"//?/C:/Users", "\\??\\C:\\Users", false},
    Row{"\\??\\C:\\Users", "\\??\\C:\\Users", false},
    Row{"C:\\Users", "\\??\\C:\\Users", false},
    Row{"c:/Users", "\\??\\c:\\Users", false},
    Row{"\\??\\Volume{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\",
        "\\??\\Volume{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\", false},
};

BOOST_AUTO_TEST_SUITE(host_link)

BOOST_DATA_TEST_CASE(leads, bdata::make(rows), row) {
  const auto buffer = must(make_host_link_buffer(row.text, "/img/tree", NameCoding::plain));
  const ReparseTarget target = must(parse_reparse_target(buffer));
  BOOST_TEST(target.tag == reparse_tag::symlink);
  BOOST_TEST(to_utf8(target.target) == row.target);
  BOOST_TEST(target.relative == row.relative);
}

BOOST_AUTO_TEST_CASE(everything_is_below_a_tree_that_is_the_root_of_the_host) {
  const auto buffer = must(make_host_link_buffer("/etc", "/", NameCoding::plain));
  BOOST_TEST(to_utf8(must(parse_reparse_target(buffer)).target) == "\\etc");
}

BOOST_AUTO_TEST_CASE(component_names_are_decoded_like_those_of_the_tree) {
  const auto buffer = must(make_host_link_buffer("a%20b/c", "/t", NameCoding::percent));
  BOOST_TEST(to_utf8(must(parse_reparse_target(buffer)).target) == "a b\\c");
}

BOOST_AUTO_TEST_CASE(a_text_that_fits_no_reparse_buffer_is_refused) {
  BOOST_TEST(is_status(make_host_link_buffer(std::string(8200, 'x'), "/t", NameCoding::plain),
                       Status::name_too_long));
}

BOOST_AUTO_TEST_CASE(knows_the_text_that_ntfs_3g_shows_for_unknown_tags) {
  BOOST_TEST(*parse_unsupported_tag("unsupported reparse tag 0x80000017") == 0x80000017U);
  for (const char* text : {"unsupported reparse tag 0x", "unsupported reparse tag 0x8000001700",
                           "unsupported reparse tag 0x17 ", "unsupported reparse point", ""}) {
    BOOST_TEST(!parse_unsupported_tag(text));
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
