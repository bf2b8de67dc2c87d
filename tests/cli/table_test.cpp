// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/table.h"

#include <boost/test/unit_test.hpp>

using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(aligns_columns_by_what_is_seen) {
  Table table{"A", "Name", "Rest"};
  table.add({"x", "\xE6\x97\xA5\xE6\x9C\xAC", "wide"});  // two characters, four columns
  table.add({"longer", "ab", "narrow"});
  std::string out;
  table.append_to(out);
  BOOST_TEST(out ==
             "  A       Name  Rest\n"
             "  x       \xE6\x97\xA5\xE6\x9C\xAC  wide\n"
             "  longer  ab    narrow\n");
}

BOOST_AUTO_TEST_CASE(leaves_no_spaces_at_line_ends) {
  Table table{"A", "B", "C"};
  table.add({"x", "", ""});
  std::string out;
  table.append_to(out);
  BOOST_TEST(out == "  A  B  C\n  x\n");
}

BOOST_AUTO_TEST_CASE(wraps_at_words_and_indents_what_follows) {
  std::string out;
  append_pair(out, "Label", std::string(60, 'a') + " " + std::string(30, 'b'));
  BOOST_TEST(out == "  Label             " + std::string(60, 'a') + "\n" + std::string(20, ' ') +
                        std::string(30, 'b') + "\n");
}

BOOST_AUTO_TEST_CASE(keeps_words_whole_that_are_too_long) {
  std::string out;
  append_paragraph(out, "", 2, std::string(200, 'p'));
  BOOST_TEST(out == "  " + std::string(200, 'p') + "\n");
}

BOOST_AUTO_TEST_SUITE_END()
