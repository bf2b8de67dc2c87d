// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/path_text.h"

#include <boost/test/unit_test.hpp>

using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(path_text)

BOOST_AUTO_TEST_CASE(follows_a_walk_down_and_up_again) {
  PathText paths(u"C:\\", Escaping::printable);
  BOOST_TEST(paths.enter(1, u"Windows", true).full == "C:\\Windows");
  BOOST_TEST(paths.enter(2, u"System32", true).full == "C:\\Windows\\System32");
  BOOST_TEST(paths.enter(3, u"a.dll", false).full == "C:\\Windows\\System32\\a.dll");
  BOOST_TEST(paths.enter(2, u"win.ini", false).full == "C:\\Windows\\win.ini");
  BOOST_TEST(paths.enter(1, u"Users", true).full == "C:\\Users");
}

BOOST_AUTO_TEST_CASE(says_where_the_name_begins) {
  PathText paths(u"\\Windows", Escaping::printable);
  const ListedPath path = paths.enter(1, u"x", false);
  BOOST_TEST(path.full == "\\Windows\\x");
  BOOST_TEST(path.full.substr(path.name_at) == "x");
}

BOOST_AUTO_TEST_CASE(escapes_separators_and_names_for_json) {
  PathText paths(u"\\", Escaping::json);
  paths.enter(1, u"a\"b", true);
  BOOST_TEST(paths.enter(2, u"c\n", false).full == "\\\\a\\\"b\\\\c\\n");
}

BOOST_AUTO_TEST_CASE(takes_a_depth_that_leaves_out_levels_as_the_deepest) {
  PathText paths(u"\\", Escaping::printable);
  paths.enter(1, u"dir", true);
  BOOST_TEST(paths.enter(900, u"x", false).full == "\\dir\\x");
  BOOST_TEST(paths.enter(0, u"y", false).full == "\\y");
}

BOOST_AUTO_TEST_CASE(puts_orphans_below_a_question_mark_until_the_next_entry_of_the_top) {
  PathText paths(u"D:\\", Escaping::printable);
  BOOST_TEST(paths.enter_orphan(u"lost", true).full == "?\\lost");
  BOOST_TEST(paths.enter(2, u"inside", false).full == "?\\lost\\inside");
  BOOST_TEST(paths.enter_orphan(u"other", false).full == "?\\other");
  BOOST_TEST(paths.enter(1, u"live", false).full == "D:\\live");
}

BOOST_AUTO_TEST_SUITE_END()
