// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/ascii.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>

using namespace casement;  // NOLINT(google-build-using-namespace): tests

BOOST_AUTO_TEST_SUITE(ascii)

BOOST_AUTO_TEST_CASE(letters_and_digits_end_where_ascii_has_others) {
  BOOST_TEST(is_ascii_digit('0'));
  BOOST_TEST(is_ascii_digit(u'9'));
  BOOST_TEST(!is_ascii_digit('/'));
  BOOST_TEST(!is_ascii_digit(':'));
  BOOST_TEST(!is_ascii_digit(u'\uFF11'));  // FULLWIDTH DIGIT ONE
  BOOST_TEST((is_ascii_letter('A') && is_ascii_letter('Z') && is_ascii_letter(u'a')));
  BOOST_TEST((!is_ascii_letter('@') && !is_ascii_letter('[') && !is_ascii_letter('`')));
  BOOST_TEST((!is_ascii_letter('{') && !is_ascii_letter('\xC4') && !is_ascii_letter(u'\u00C4')));
}

BOOST_AUTO_TEST_CASE(hexadecimal_digits_have_either_case) {
  BOOST_TEST(hex_digit('0').value() == 0U);
  BOOST_TEST(hex_digit(u'9').value() == 9U);
  BOOST_TEST(hex_digit('a').value() == 10U);
  BOOST_TEST(hex_digit(u'F').value() == 15U);
  BOOST_TEST((!hex_digit('g') && !hex_digit('G') && !hex_digit('@') && !hex_digit('`')));
}

BOOST_AUTO_TEST_CASE(only_ascii_letters_change_their_case) {
  BOOST_TEST(to_lower_ascii("Az-[@\xC3\x84") == "az-[@\xC3\x84");
  BOOST_TEST(equals_folded_ascii("install.SWM", "INSTALL.swm"));
  BOOST_TEST(!equals_folded_ascii("a", "ab"));
  BOOST_TEST(!equals_folded_ascii("\xC3\x84", "\xC3\xA4"));
  BOOST_TEST(!equals_folded_ascii("[", "{"));  // 0x20 apart, as letters are
}

BOOST_AUTO_TEST_CASE(digits_become_a_number_that_fits) {
  BOOST_TEST(parse_digits<std::uint16_t>(u"65535").value() == 65535U);
  BOOST_TEST(!parse_digits<std::uint16_t>(u"65536"));
  BOOST_TEST(parse_digits<std::uint32_t>(u"0004294967295").value() == 4294967295U);
  BOOST_TEST(!parse_digits<std::uint32_t>(u"4294967296"));
  BOOST_TEST(!parse_digits<std::uint32_t>(u"18446744073709551617"));  // 2^64 + 1
  BOOST_TEST(parse_digits<std::uint32_t>(u"fFfFfFfF", 16).value() == 0xFFFFFFFFU);
}

BOOST_AUTO_TEST_CASE(anything_but_digits_is_no_number) {
  for (const std::u16string_view text : {u"", u" 1", u"1 ", u"+1", u"-1", u"1.0", u"1f", u"0x1"}) {
    BOOST_TEST(!parse_digits<std::uint32_t>(text));
  }
  BOOST_TEST(!parse_digits<std::uint32_t>(u"1g", 16));
}

BOOST_AUTO_TEST_CASE(blanks_go_from_both_ends) {
  BOOST_TEST(trimmed(std::string_view(" \ta b\r"), " \t\r") == "a b");
  BOOST_TEST((trimmed(std::u16string_view(u"  a"), u" ") == u"a"));
  BOOST_TEST(trimmed(std::string_view(" \t "), " \t").empty());
  BOOST_TEST(trimmed(std::string_view(), " ").empty());
}

BOOST_AUTO_TEST_SUITE_END()
