// SPDX-License-Identifier: Apache-2.0
// Words of the command line.
#include "tools/dism/command_line.h"

#include <boost/test/unit_test.hpp>

using casement::dism::parse_word;
using casement::dism::same_name;

BOOST_AUTO_TEST_SUITE(dism_command_line)

BOOST_AUTO_TEST_CASE(takes_the_value_behind_a_colon_or_an_equals_sign) {
  BOOST_TEST(*parse_word("/Image:/mnt/x:y=z").value == "/mnt/x:y=z");
  BOOST_TEST(parse_word("/Image:/mnt/x").name == "Image");
  BOOST_TEST(*parse_word("/index=7").value == "7");
  BOOST_TEST(parse_word("/index=7").name == "index");
  BOOST_TEST(*parse_word("/Image:").value == "");
  BOOST_TEST(!parse_word("/Get-Packages").value);
  BOOST_TEST(parse_word("/Get-Packages").name == "Get-Packages");
}

BOOST_AUTO_TEST_CASE(takes_quotes_around_a_value_away) {
  BOOST_TEST(*parse_word("/Name:\"Windows 11 Pro\"").value == "Windows 11 Pro");
  BOOST_TEST(*parse_word("/Name:\"").value == "\"");
}

BOOST_AUTO_TEST_CASE(words_without_a_slash_are_no_options) {
  BOOST_TEST(!parse_word("get-packages").option);
  BOOST_TEST(!parse_word("-online").option);
  BOOST_TEST(!parse_word("/").option);
  BOOST_TEST(!parse_word("").option);
}

BOOST_AUTO_TEST_CASE(takes_the_usual_ways_of_asking_for_help) {
  for (const char* word : {"/?", "--help", "-h", "-?"}) {
    BOOST_TEST(parse_word(word).option);
    BOOST_TEST(parse_word(word).name == "?");
  }
}

BOOST_AUTO_TEST_CASE(names_have_no_case) {
  BOOST_TEST(same_name("Get-WimInfo", "get-WIMINFO"));
  BOOST_TEST(!same_name("Get-Wim", "Get-WimInfo"));
}

BOOST_AUTO_TEST_SUITE_END()
