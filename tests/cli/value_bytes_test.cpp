// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/value_bytes.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "engine/hive/value.h"
#include "vfs/core/utf16.h"

using namespace casement;
using namespace casement::cli;

namespace {

std::vector<std::byte> le(std::u16string_view text) {
  std::vector<std::byte> bytes;
  for (const char16_t unit : text) {
    bytes.push_back(static_cast<std::byte>(unit & 0xFF));
    bytes.push_back(static_cast<std::byte>(unit >> 8));
  }
  return bytes;
}

std::vector<std::string> strings_of(std::u16string_view text) {
  const std::vector<std::byte> bytes = le(text);
  std::vector<std::string> strings;
  MultiStringReader reader(bytes);
  while (const auto next = reader.next()) {
    strings.push_back(to_utf8(from_utf16le(*next)));
  }
  return strings;
}

bool was_plain(std::u16string_view text) {
  const std::vector<std::byte> bytes = le(text);
  return MultiStringReader(bytes).was_plain();
}

using Strings = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(value_bytes)

BOOST_AUTO_TEST_CASE(ends_text_at_the_first_nul) {
  const auto bytes = le(std::u16string_view(u"ab\0cd\0", 6));
  BOOST_TEST(text_before_nul(bytes).size() == 4U);
  BOOST_TEST(!is_plain_text(bytes));
}

BOOST_AUTO_TEST_CASE(takes_text_without_nul_or_with_half_a_unit) {
  auto bytes = le(u"ab");
  BOOST_TEST(text_before_nul(bytes).size() == 4U);
  BOOST_TEST(!is_plain_text(bytes));
  bytes.push_back(std::byte{7});
  BOOST_TEST(text_before_nul(bytes).size() == 4U);
  BOOST_TEST(text_before_nul({}).empty());
  BOOST_TEST(is_plain_text(le(std::u16string_view(u"ab\0", 3))));
}

BOOST_AUTO_TEST_CASE(reads_lists_with_and_without_their_end) {
  BOOST_TEST(strings_of(std::u16string_view(u"a\0bc\0\0", 6)) == (Strings{"a", "bc"}));
  BOOST_TEST(strings_of(u"a") == Strings{"a"});
  BOOST_TEST(strings_of(u"").empty());
  BOOST_TEST(strings_of(std::u16string_view(u"\0\0", 2)).empty());
}

BOOST_AUTO_TEST_CASE(keeps_empty_strings_inside_a_list) {
  BOOST_TEST(strings_of(std::u16string_view(u"a\0\0b\0\0", 6)) == (Strings{"a", "", "b"}));
}

BOOST_AUTO_TEST_CASE(tells_lists_that_can_be_written_back) {
  BOOST_TEST(was_plain(std::u16string_view(u"a\0\0", 3)));
  BOOST_TEST(was_plain(std::u16string_view(u"\0", 1)));
  BOOST_TEST(!was_plain(std::u16string_view(u"a\0", 2)));
  BOOST_TEST(!was_plain(std::u16string_view(u"a\0\0\0", 4)));
  BOOST_TEST(!was_plain(u""));
}

BOOST_AUTO_TEST_CASE(reads_numbers_of_the_right_size_only) {
  const auto bytes = le(u"\u0201\u0403\u0605\u0807");
  const Bytes all(bytes);
  BOOST_TEST(integer_of(reg_type::dword, all.first(4)).value() == 0x04030201U);
  BOOST_TEST(integer_of(reg_type::dword_big_endian, all.first(4)).value() == 0x01020304U);
  BOOST_TEST(integer_of(reg_type::qword, all).value() == 0x0807060504030201U);
  BOOST_TEST(!integer_of(reg_type::dword, all.first(3)).has_value());
  BOOST_TEST(!integer_of(reg_type::binary, all.first(4)).has_value());
}

BOOST_AUTO_TEST_CASE(tells_well_formed_text) {
  BOOST_TEST(is_well_formed_utf16le(le(u"a\U0001F600")));
  BOOST_TEST(!is_well_formed_utf16le(le(std::u16string_view(u"a\xD83D", 2))));
  BOOST_TEST(!is_well_formed_utf16le(le(std::u16string_view(u"\xDE00\xD83D", 2))));
}

BOOST_AUTO_TEST_CASE(names_known_and_unknown_types) {
  std::string room;
  BOOST_TEST(type_name(reg_type::multi_sz, room) == "REG_MULTI_SZ");
  BOOST_TEST(type_name(0x3E9, room) == reg_type_name(0x3E9));
}

BOOST_AUTO_TEST_SUITE_END()
