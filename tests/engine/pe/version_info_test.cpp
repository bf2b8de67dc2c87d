// SPDX-License-Identifier: Apache-2.0
#include "engine/pe/version_info.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/engine/pe/pe_support.h"
#include "tests/support/mutate.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

fixture::ByteVector sample() {
  return fixture::build_version_info(sample_version());
}

// The outermost key ends at 0x26, its value begins at 0x28, the first child at 0x5C.
constexpr std::size_t fixed_info = 0x28;
constexpr std::size_t string_file_info = 0x5C;
constexpr std::size_t string_table = 0x80;
constexpr std::size_t first_string = 0x98;

const std::array mutations{Mutation{"no length", 0, {0, 0}, Status::truncated},
                           Mutation{"longer than the resource", 0, {0xFF, 0xFF}, Status::truncated},
                           Mutation{"another key", 6, {'W'}, Status::bad_format}};

/// What is wrong below the outermost node leaves the numbers and what lies before it.
struct PartMutation {
  const char* name;
  std::size_t offset;
  std::vector<std::uint8_t> bytes;
  std::size_t tables;
  std::size_t texts;
};
std::ostream& operator<<(std::ostream& out, const PartMutation& mutation) {
  return out << mutation.name;
}

const std::array part_mutations{
    PartMutation{"length 0 of StringFileInfo", string_file_info, {0, 0}, 0, 0},
    PartMutation{"StringFileInfo longer than all", string_file_info, {0xF0, 0xFF}, 0, 0},
    PartMutation{"a table longer than StringFileInfo", string_table, {0xF0, 0xFF}, 0, 0},
    PartMutation{"a first text of length 5", first_string, {5, 0}, 1, 0},
    PartMutation{"a first text longer than its table", first_string, {0xF0, 0xFF}, 1, 0}};

}  // namespace

BOOST_AUTO_TEST_SUITE(version_info)

BOOST_AUTO_TEST_CASE(reads_numbers_and_texts) {
  const VersionInfo info = must(parse_version_info(sample()));
  BOOST_TEST(!info.damaged);
  BOOST_TEST_REQUIRE(info.file_version.has_value());
  BOOST_TEST(file_version_text(*info.file_version) == "10.0.19041.3803");
  BOOST_TEST(file_version_text(*info.product_version) == "10.0.19041.1");
  BOOST_TEST((*info.product_version < *info.file_version));
  BOOST_TEST_REQUIRE(info.strings.size() == 1U);
  BOOST_TEST(to_utf8(info.strings[0].key) == "040904B0");
  BOOST_TEST(info.strings[0].texts.size() == 4U);
  BOOST_TEST(to_utf8(info.text(u"companyname")) == "Case Company");
  BOOST_TEST(to_utf8(info.text(u"FileDescription")) == "Sample \u00E4\u6F22");
  BOOST_TEST(info.text(u"Empty").empty());
  BOOST_TEST(info.text(u"LegalCopyright").empty());
}

BOOST_AUTO_TEST_CASE(the_places_that_mutations_speak_of_are_right) {
  const auto bytes = sample();
  BOOST_TEST(fixture::get_u32(bytes, fixed_info) == 0xFEEF04BDU);
  BOOST_TEST(fixture::get_u16(bytes, string_file_info + 6) == 0x53U);
  BOOST_TEST(fixture::get_u16(bytes, string_table + 6) == 0x30U);
  BOOST_TEST(fixture::get_u16(bytes, first_string + 6) == 0x43U);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_version_has_none) {
  BOOST_TEST(!must(read_version_info(must(open_bytes(fixture::build_pe())))).has_value());
  const auto info = must(read_version_info(must(open_bytes(sample_program()))));
  BOOST_TEST_REQUIRE(info.has_value());
  BOOST_TEST(to_utf8(info->text(u"CompanyName")) == "Case Company");
}

BOOST_AUTO_TEST_CASE(a_version_of_texts_alone_has_no_numbers) {
  auto bytes = sample();
  fixture::put_u16(bytes, 2, 0);
  // Without a value the texts begin where it was.
  bytes.erase(bytes.begin() + fixed_info, bytes.begin() + string_file_info);
  fixture::put_u16(bytes, 0, static_cast<std::uint16_t>(bytes.size()));
  const VersionInfo info = must(parse_version_info(bytes));
  BOOST_TEST(!info.file_version.has_value());
  BOOST_TEST(!info.damaged);
  BOOST_TEST(to_utf8(info.text(u"CompanyName")) == "Case Company");
}

BOOST_AUTO_TEST_CASE(numbers_without_their_signature_are_not_believed) {
  const VersionInfo info =
      must(parse_version_info(mutate(sample(), fixed_info, std::array<std::uint8_t, 1>{0})));
  BOOST_TEST(!info.file_version.has_value());
  BOOST_TEST(info.damaged);
  BOOST_TEST(to_utf8(info.text(u"CompanyName")) == "Case Company");
}

BOOST_AUTO_TEST_CASE(a_text_ends_at_its_nul_whatever_its_length_says) {
  for (const std::uint8_t length : std::array<std::uint8_t, 3>{0, 1, 200}) {
    const VersionInfo info = must(parse_version_info(
        mutate(sample(), first_string + 2, std::array<std::uint8_t, 1>{length})));
    BOOST_TEST(to_utf8(info.text(u"CompanyName")) == "Case Company");
  }
}

BOOST_DATA_TEST_CASE(rejects, bdata::make(mutations), m) {
  BOOST_TEST(is_status(parse_version_info(mutate(sample(), m.offset, m.bytes)), m.expected));
}

BOOST_DATA_TEST_CASE(keeps_what_lies_before_the_damage, bdata::make(part_mutations), m) {
  const VersionInfo info = must(parse_version_info(mutate(sample(), m.offset, m.bytes)));
  BOOST_TEST(info.damaged);
  BOOST_TEST(file_version_text(info.file_version.value()) == "10.0.19041.3803");
  BOOST_TEST_REQUIRE(info.strings.size() == m.tables);
  BOOST_TEST((m.tables == 0 || info.strings[0].texts.size() == m.texts));
}

BOOST_AUTO_TEST_CASE(survives_truncation) {
  const auto whole = sample();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    BOOST_REQUIRE(is_status(parse_version_info(prefix(whole, size)), Status::truncated));
  }
}

BOOST_AUTO_TEST_CASE(survives_a_changed_byte_anywhere) {
  const auto whole = sample();
  std::size_t parsed = 0;
  for (std::size_t offset = 0; offset < whole.size(); ++offset) {
    for (const std::byte mask : {std::byte{0x01}, std::byte{0xFF}}) {
      auto changed = whole;
      changed[offset] ^= mask;
      parsed += parse_version_info(changed) ? 1U : 0U;
    }
  }
  // All but those of the outermost node's length and key.
  BOOST_TEST(parsed > 2 * (whole.size() - 0x28));
  BOOST_TEST(parsed < 2 * whole.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
