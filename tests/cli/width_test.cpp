// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/width.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "vfs/core/utf16.h"

using namespace casement;
using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(width)

BOOST_AUTO_TEST_CASE(knows_the_width_of_wide_and_combining_characters) {
  BOOST_TEST(display_width("abc") == 3U);
  BOOST_TEST(display_width("\xE6\x97\xA5") == 2U);
  BOOST_TEST(display_width("e\xCC\x81") == 1U);
  BOOST_TEST(display_width("\xC3\xBC") == 1U);
}

BOOST_AUTO_TEST_CASE(cuts_the_middle_of_long_text_between_characters) {
  const std::string text = "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC";
  for (std::size_t size = 6; size < text.size(); ++size) {
    const std::string cut = shorten(text, size);
    BOOST_TEST(cut.size() <= size);
    BOOST_TEST(from_utf8(cut).has_value());
  }
  BOOST_TEST(shorten("short", 100) == "short");
}

BOOST_AUTO_TEST_SUITE_END()
