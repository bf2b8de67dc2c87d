// SPDX-License-Identifier: Apache-2.0
#include "vfs/mount/mount_info.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/matchers.h"

using namespace casement;
using casement::test::must;

BOOST_AUTO_TEST_SUITE(mount_info)

BOOST_AUTO_TEST_CASE(reads_the_fields_behind_any_number_of_optional_ones) {
  const auto entries = parse_mount_info(
      "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
      "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue\n"
      "42 27 0:39 / /m ro - fuse.casement /a.vhdx\\043p3 ro,user_id=0\n");
  BOOST_REQUIRE(entries.size() == 3U);
  BOOST_CHECK((entries[0] == MountInfoEntry{"/", "/proc", "proc", "proc"}));
  BOOST_CHECK((entries[1] == MountInfoEntry{"/mnt1", "/mnt2", "ext3", "/dev/root"}));
  BOOST_CHECK((entries[2] == MountInfoEntry{"/", "/m", "fuse.casement", "/a.vhdx#p3"}));
}

BOOST_AUTO_TEST_CASE(undoes_the_escapes_of_the_kernel) {
  BOOST_TEST(unescape_octal("/a\\040b\\011c\\012d\\134e\\043f") == "/a b\tc\nd\\e#f");
  BOOST_TEST(unescape_octal("\\303\\274") == "\xC3\xBC");
}

BOOST_AUTO_TEST_CASE(leaves_what_is_no_escape) {
  for (const char* text : {"\\", "\\0", "\\04", "\\08x", "\\477", "a\\b", "\\xyz", ""}) {
    BOOST_TEST(unescape_octal(text) == text);
  }
}

BOOST_AUTO_TEST_CASE(leaves_out_lines_that_end_too_soon) {
  const std::string line = "42 27 0:39 / /m ro - fuse.casement /a.vhdx ro";
  std::size_t whole = 0;
  for (std::size_t length = 0; length < line.size(); ++length) {
    const auto entries = parse_mount_info(line.substr(0, length) + "\n1 2 3:4 / /x r - t s o");
    BOOST_REQUIRE(!entries.empty());
    BOOST_TEST(entries.back().mount_point == "/x");  // a bad line hides no other
    whole += entries.size() - 1;
  }
  // From the first letter of the source on there is one.
  BOOST_TEST(whole == line.size() - line.find("/a.vhdx") - 1);
}

BOOST_AUTO_TEST_CASE(takes_an_empty_source) {
  const auto entries = parse_mount_info("42 27 0:39 / /m ro - tmpfs  rw\n");
  BOOST_REQUIRE(entries.size() == 1U);
  BOOST_TEST(entries[0].source == "");
}

BOOST_AUTO_TEST_CASE(finds_the_root_of_this_machine) {
  const auto entries = must(read_mount_info());
  const bool root = std::ranges::any_of(
      entries, [](const MountInfoEntry& entry) { return entry.mount_point == "/"; });
  BOOST_TEST((root || entries.empty()));  // empty: there is no /proc
}

BOOST_AUTO_TEST_SUITE_END()
