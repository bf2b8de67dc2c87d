// SPDX-License-Identifier: Apache-2.0
// 8.3 names, long names, and how they are looked up.
#include <algorithm>
#include <array>

#include "tests/vfs/fat/fat_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fat/long_name.h"
#include "vfs/fat/short_name.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

StoredShortName stored(std::string_view text) {
  BOOST_REQUIRE_EQUAL(text.size(), 11U);
  StoredShortName name{};
  std::ranges::transform(text, name.begin(), [](char c) { return static_cast<std::byte>(c); });
  return name;
}

std::string shown(std::string_view text, std::uint8_t name_case = 0) {
  return to_utf8(ShortName(stored(text), name_case).view());
}

std::vector<std::string> root_of(const fx::FatBuilder& builder) {
  const auto volume = open_built(builder.build());
  return names_in(*volume, volume->root());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_names)

BOOST_AUTO_TEST_CASE(an_8_3_name_loses_its_padding) {
  BOOST_TEST(shown("README  TXT") == "README.TXT");
  BOOST_TEST(shown("A          ") == "A");
  BOOST_TEST(shown("ABCDEFGHIJK") == "ABCDEFGH.IJK");
  BOOST_TEST(shown("A B     C D") == "A B.C D");
}

BOOST_AUTO_TEST_CASE(case_bits_of_windows_nt_lower_base_and_extension) {
  BOOST_TEST(shown("README  TXT", 0x08) == "readme.TXT");
  BOOST_TEST(shown("README  TXT", 0x10) == "README.txt");
  BOOST_TEST(shown("README1_TXT", 0x18) == "readme1_.txt");
  BOOST_TEST(shown("\x8E       TXT", 0x18) == "Ä.txt");  // only the letters A to Z
}

BOOST_AUTO_TEST_CASE(bytes_from_0x80_on_are_read_by_code_page_437) {
  BOOST_TEST(shown("\x80\x9A\xE1\xFF       ") == "ÇÜß\u00A0");
  BOOST_TEST(shown("\x05"
                   "BC        ") == "σBC");  // 0x05 stands for 0xE5
}

BOOST_AUTO_TEST_CASE(the_checksum_finds_back_the_first_byte) {
  for (const char* const name : {"README  TXT", "A          ", "\x80\x9A~1    X  "}) {
    StoredShortName all = stored(name);
    const auto first = std::to_integer<std::uint8_t>(all[0]);
    const std::uint8_t checksum = short_name_checksum(all);
    all[0] = std::byte{0xE5};
    BOOST_TEST(first_byte_for(all, checksum) == first);
  }
  BOOST_TEST(short_name_checksum(stored("README  TXT")) == 0x73U);
}

BOOST_AUTO_TEST_CASE(long_names_of_every_length_are_read) {
  fx::FatBuilder builder({.root_entries = 1024});
  std::vector<std::string> expected;
  for (const std::size_t length : {1U, 12U, 13U, 14U, 26U, 27U, 254U, 255U}) {
    expected.push_back(std::string(length, 'x'));
    builder.add_file(expected.back(), "");
  }
  BOOST_TEST(root_of(builder) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_long_name_keeps_every_unit) {
  fx::FatBuilder builder;
  const std::u16string name = u"Grüße \u4F60\u597D \U0001F600 \xD800.txt";
  builder.add_file(fx::Text(name), "x");
  const auto volume = open_built(builder.build());
  const auto entry = must(volume->lookup(volume->root(), name));
  BOOST_REQUIRE(entry.has_value());
  BOOST_TEST((entry->name == name));
  BOOST_TEST(to_utf8(entry->short_name) == "GR__E_~1.TXT");
}

BOOST_AUTO_TEST_CASE(names_are_found_by_either_name_in_any_case) {
  const auto volume = open_built(sample().build());
  for (const char* const name :
       {"A rather long name.text", "a RATHER long NAME.TEXT", "ARATHE~1.TEX", "arathe~1.tex"}) {
    BOOST_TEST(to_utf8(entry_at(*volume, name).name) == "A rather long name.text");
  }
  BOOST_TEST(to_utf8(entry_at(*volume, "A rather long name.text").short_name) == "ARATHE~1.TEX");
  BOOST_TEST(entry_at(*volume, "readme.txt").short_name.empty());
  for (const char16_t* const name : {u"", u"README", u"README.TXT.", u".", u".."}) {
    BOOST_TEST(!must(volume->lookup(volume->root(), name)).has_value());
  }
  BOOST_TEST(!must(volume->lookup(volume->root(), std::u16string(300, u'x'))).has_value());
}

BOOST_AUTO_TEST_CASE(an_exact_match_wins_then_a_long_name) {
  fx::FatBuilder builder;
  builder.add_file("long one.txt", "1", {.stored_name = "WANTED  TXT"});
  builder.add_file("wanted.txt", "2", {.stored_name = "OTHER   TXT"});
  builder.add_file("Third.txt", "3", {.stored_name = "wanted  TXT"});  // no driver writes that
  const auto volume = open_built(builder.build());
  BOOST_TEST(content_at(*volume, "wanted.txt") == "2");
  BOOST_TEST(content_at(*volume, "WANTED.TXT") == "1");
  BOOST_TEST(content_at(*volume, "Wanted.Txt") == "2");
  BOOST_TEST(content_at(*volume, "wanted.TXT") == "3");
}

BOOST_AUTO_TEST_CASE(case_bits_make_a_name_without_slots_of_a_long_one) {
  fx::FatBuilder builder;
  builder.add_file("readme.txt", "", {.case_bits = true});
  builder.add_file("kernel32.DLL", "", {.case_bits = true});
  BOOST_TEST(root_of(builder) == (std::vector<std::string>{"readme.txt", "kernel32.DLL"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_long_name_whose_checksum_is_wrong_gives_way_to_the_8_3_name) {
  auto built = sample().build();
  const auto& place = built.find("A rather long name.text");
  for (std::size_t slot = place.slots; slot < place.entry; slot += 32) {
    built.bytes[slot + 13] ^= std::byte{1};
  }
  const auto volume = open_built(built);
  const auto names = names_in(*volume, volume->root());
  BOOST_TEST(std::ranges::count(names, "ARATHE~1.TEX") == 1);
  BOOST_TEST(names.size() == 5U);
  BOOST_TEST(findings_of(*volume).contains("fat-long-name"));
  BOOST_TEST(content_at(*volume, "arathe~1.tex") == "long");
}

BOOST_AUTO_TEST_CASE(damaged_part_numbers_give_way_to_the_8_3_name) {
  for (const unsigned sequence : {0x02U, 0x41U, 0x43U, 0x7FU, 0x80U, 0xE5U}) {
    auto built = sample().build();
    const auto& place = built.find("A rather long name.text");  // two parts: 42 01
    built.bytes[place.slots] = static_cast<std::byte>(sequence);
    const auto volume = open_built(built);
    BOOST_TEST(content_at(*volume, "ARATHE~1.TEX") == "long");
    BOOST_TEST(content_at(*volume, "README.TXT") == "short");
    BOOST_TEST(!must(volume->lookup(volume->root(), u"A rather long name.text")).has_value());
    BOOST_TEST(findings_of(*volume).contains("fat-long-name"));
  }
}

BOOST_AUTO_TEST_CASE(orphaned_parts_are_findings_and_hide_nothing) {
  fx::FatBuilder builder = sample();
  fx::ByteVector part(32, std::byte{0xFF});
  part[0] = std::byte{0x41};
  part[11] = std::byte{0x0F};
  builder.add_slot("", part);
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()).size() == 5U);
  BOOST_TEST(mentions(finding(*volume, "fat-long-name"), {"root directory", "the end"}));
}

BOOST_AUTO_TEST_CASE(names_that_would_change_a_path_are_findings) {
  fx::FatBuilder builder;
  builder.add_file(u"a\\b", "1");
  builder.add_file(u"bell\x07", "2");
  builder.add_file("plain", "3");
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()).size() == 3U);
  BOOST_TEST(volume->diagnostics().items().size() == 2U);
  BOOST_TEST(findings_of(*volume).contains("fat-odd-name"));
}

BOOST_AUTO_TEST_CASE(a_directory_never_names_itself_or_its_parent) {
  fx::FatBuilder builder;
  builder.add_file(u"..", "1", {.stored_name = "REAL       "});  // as a long name
  builder.add_file("dir/..", "2", {.stored_name = "..         "});
  builder.add_file("dir/other", "3");
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()) == (std::vector<std::string>{"REAL", "dir"}),
             boost::test_tools::per_element());
  BOOST_TEST(
      names_in(*volume, entry_at(*volume, "dir").node) == (std::vector<std::string>{"other"}),
      boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume).contains("fat-dot-entry"));
}

BOOST_AUTO_TEST_CASE(an_entry_without_a_name_is_left_out) {
  fx::FatBuilder builder;
  builder.add_file("NAMELESS", "", {.stored_name = "        TXT"});
  builder.add_file("B", "");
  const auto volume = open_built(builder.build());
  BOOST_TEST(names_in(*volume, volume->root()) == (std::vector<std::string>{"B"}),
             boost::test_tools::per_element());
  BOOST_TEST(findings_of(*volume).contains("fat-no-name"));
}

BOOST_AUTO_TEST_CASE(a_place_is_reported_once_however_often_it_is_read) {
  fx::FatBuilder builder;
  builder.add_file(u"a\\b", "1");
  const auto volume = open_built(builder.build());
  for (int i = 0; i < 5; ++i) {
    (void)names_in(*volume, volume->root());
  }
  BOOST_TEST(volume->diagnostics().items().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
