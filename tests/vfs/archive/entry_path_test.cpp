// SPDX-License-Identifier: Apache-2.0
// Paths of members.
#include "vfs/archive/entry_path.h"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string joined(const EntryPath& path) {
  std::string text;
  for (const std::u16string& name : path.names) {
    text += "[" + to_utf8(name) + "]";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(entry_path)

BOOST_AUTO_TEST_CASE(takes_paths_apart) {
  const auto parse = [](std::u16string_view text) { return must(parse_entry_path(text, {})); };
  BOOST_TEST(joined(parse(u"a/b")) == "[a][b]");
  BOOST_TEST(joined(parse(u"./a//b/.")) == "[a][b]");
  BOOST_TEST(joined(parse(u"/")) == "");
  BOOST_TEST(joined(parse(u"\\\\?\\C:\\x")) == "[C:][x]");
  BOOST_TEST(joined(parse(u"//?/C:/x")) == "[C:][x]");
  BOOST_TEST(joined(parse(u"...")) == "[...]");
  BOOST_TEST(parse(u"a/").directory);
  BOOST_TEST(parse(u"a\\").directory);
  BOOST_TEST(!parse(u"a").directory);
  BOOST_TEST(parse(u"/a").absolute);
  BOOST_TEST(parse(u"a\\b").backslash);
  BOOST_TEST(!parse(u"a/b").backslash);
  BOOST_TEST(parse(u"c:/b").drive);
  BOOST_TEST(!parse(u"a/c:").drive);
  BOOST_TEST(!parse(u"cc:").drive);
}

BOOST_AUTO_TEST_CASE(refuses_what_names_nothing) {
  using namespace std::string_view_literals;
  BOOST_TEST(is_status(parse_entry_path(u"", {}), Status::invalid_data));
  BOOST_TEST(is_status(parse_entry_path(u"a\0b"sv, {}), Status::invalid_data));
  BOOST_TEST(is_status(parse_entry_path(u"a/../b", {}), Status::invalid_data));
  BOOST_TEST(is_status(parse_entry_path(std::u16string(40'000, u'x'), {}), Status::name_too_long));
  Limits limits;
  limits.max_path_depth = 2;
  BOOST_TEST(is_ok(parse_entry_path(u"a/b", limits)));
  BOOST_TEST(is_status(parse_entry_path(u"a/b/c", limits), Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(bytes_are_utf8_or_one_unit_each) {
  const auto latin = FallbackCharset::latin_1;
  BOOST_TEST((decode_entry_text("\xD0\x9F", latin) == u"\u041F"));
  BOOST_TEST((decode_entry_text("\xED\xA0\x80", latin) == std::u16string(1, char16_t{0xD800})));
  BOOST_TEST((decode_entry_text("\xE9", latin) == u"\u00E9"));
  BOOST_TEST((decode_entry_text("\x82", FallbackCharset::code_page_437) == u"\u00E9"));
  // Every byte gives another unit, so that nothing is lost.
  for (const auto fallback : {latin, FallbackCharset::code_page_437}) {
    std::set<std::u16string> seen;
    for (int byte = 0x80; byte < 0x100; ++byte) {
      seen.insert(decode_entry_text(std::string(1, static_cast<char>(byte)), fallback));
    }
    BOOST_TEST(seen.size() == 0x80U);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
