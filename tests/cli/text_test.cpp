// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/text.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "tools/casement/render/width.h"
#include "vfs/core/utf16.h"

using namespace casement;
using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(shows_control_characters) {
  BOOST_TEST(printable(std::u16string_view(u"a\x1B[31m\n\x9B")) == "a\\u{1B}[31m\\u{A}\\u{9B}");
}

BOOST_AUTO_TEST_CASE(shows_characters_that_turn_the_text_round) {
  BOOST_TEST(printable(std::u16string_view(u"a\u202Eb\u2066")) == "a\\u{202E}b\\u{2066}");
}

BOOST_AUTO_TEST_CASE(shows_lone_surrogates_and_keeps_pairs) {
  BOOST_TEST(printable(std::u16string_view(u"\xDC00\xD83D\xDE00\xD800", 4)) ==
             "\\u{DC00}\xF0\x9F\x98\x80\\u{D800}");
}

BOOST_AUTO_TEST_CASE(leaves_paths_alone) {
  BOOST_TEST(printable(std::u16string_view(u"C:\\new\\\"x\"")) == "C:\\new\\\"x\"");
}

BOOST_AUTO_TEST_CASE(shows_bytes_that_are_no_utf8) {
  BOOST_TEST(printable(std::string_view("a\xFF\x1B")) == "a\\x{ff}\\x{1b}");
}

// Plain characters are gathered in blocks of 256: the joints must not lose or double any.
BOOST_AUTO_TEST_CASE(transcodes_text_around_the_block_size) {
  for (std::size_t size = 250; size < 520; ++size) {
    std::u16string units(size, u'x');
    units.back() = u'\u00FC';
    const std::string expected = std::string(size - 1, 'x') + "\xC3\xBC";
    BOOST_TEST(printable(units) == expected);
  }
}

// Plain characters are looked at in eights: every value at every place must be told apart.
BOOST_AUTO_TEST_CASE(prints_every_latin1_character_at_every_place) {
  for (std::size_t place = 0; place < 19; ++place) {
    for (unsigned c = 0; c < 256; ++c) {
      std::vector<std::byte> raw(19, std::byte{'a'});
      raw[place] = static_cast<std::byte>(c);
      std::u16string units(19, u'a');
      units[place] = static_cast<char16_t>(c);
      const std::string expected = printable(units);  // takes the one-by-one way
      std::string found;
      append_printable(found, HiveName(raw, true));
      BOOST_REQUIRE(found == expected);
      BOOST_REQUIRE(display_width(HiveName(raw, true)) == display_width(expected));
    }
  }
}

BOOST_AUTO_TEST_CASE(prints_every_unit_at_every_place) {
  for (std::size_t place = 0; place < 9; ++place) {
    for (unsigned c = 0; c < 0x10000; ++c) {
      std::u16string units(9, u'a');
      units[place] = static_cast<char16_t>(c);
      std::vector<std::byte> raw(18, std::byte{0});
      for (std::size_t i = 0; i < units.size(); ++i) {
        raw[2 * i] = static_cast<std::byte>(units[i] & 0xFF);
        raw[2 * i + 1] = static_cast<std::byte>(units[i] >> 8);
      }
      std::string found;
      append_utf16le(found, raw, Escaping::printable);
      BOOST_REQUIRE(found == printable(units));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
