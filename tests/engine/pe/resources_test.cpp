// SPDX-License-Identifier: Apache-2.0
#include "engine/pe/resources.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/engine/pe/pe_support.h"
#include "tests/support/mutate.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

constexpr std::uint16_t type = 614;
constexpr std::uint16_t name = 1;

/// One resource, so that every directory has one entry and they lie one behind the other.
std::vector<std::byte> single() {
  return fixture::build_pe(
      {.resources = {{.type = type, .name = name, .data = fixture::ascii_bytes("base")}}});
}

constexpr std::size_t type_count = pe_place::resources + 0x0E;
constexpr std::size_t type_entry = pe_place::resources + 0x10;
constexpr std::size_t name_entry = pe_place::resources + 0x28;
constexpr std::size_t language_count = pe_place::resources + 0x3E;
constexpr std::size_t language_entry = pe_place::resources + 0x40;
constexpr std::size_t data_entry = pe_place::resources + 0x48;

Result<std::optional<std::vector<std::byte>>> read_single(std::vector<std::byte> bytes) {
  return read_resource(must(open_bytes(std::move(bytes))), type, name, 1024);
}

const std::array mutations{
    Mutation{"root in no section", pe_place::resource_root, {0, 0, 0, 0xF0}, Status::corrupt},
    Mutation{"more entries than are read", type_count, {0xFF, 0xFF}, Status::limit_exceeded},
    Mutation{"entries behind the section", type_count, {0x00, 0x10}, Status::corrupt},
    Mutation{"a type that is data", type_entry + 7, {0x00}, Status::corrupt},
    Mutation{"directory of a type behind the section",
             type_entry + 4,
             {0, 0, 0xFF, 0xFF},
             Status::corrupt},
    Mutation{"a name that is data", name_entry + 7, {0x00}, Status::corrupt},
    Mutation{"a name that leads to the root", name_entry + 4, {0, 0, 0, 0x80}, Status::corrupt},
    Mutation{"a language that is a directory", language_entry + 7, {0x80}, Status::corrupt},
    Mutation{"a data entry at the end of the address space",
             language_entry + 4,
             {0xFF, 0xFF, 0xFF, 0x7F},
             Status::corrupt},
    Mutation{"data in no section", data_entry, {0xF0, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"data that begins in the section and ends behind it",
             data_entry + 4,
             {0x00, 0x03},
             Status::corrupt},
    Mutation{"a size near 2^32", data_entry + 4, {0xFF, 0xFF, 0xFF, 0xFF}, Status::limit_exceeded}};

}  // namespace

BOOST_AUTO_TEST_SUITE(resources)

BOOST_AUTO_TEST_CASE(reads_by_number_and_by_name) {
  const PeFile file = must(open_bytes(sample_program()));
  const auto by_number = must(read_resource(file, type, name, 1024));
  BOOST_TEST_REQUIRE(by_number.has_value());
  BOOST_TEST(text_of(*by_number) == "base");
  const auto by_name =
      must(read_resource(file, std::u16string(u"SETTINGS"), std::u16string(u"main"), 1024));
  BOOST_TEST_REQUIRE(by_name.has_value());
  BOOST_TEST(text_of(*by_name) == "settings");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_absent) {
  const PeFile file = must(open_bytes(sample_program()));
  BOOST_TEST(!must(read_resource(file, std::uint16_t{615}, name, 1024)).has_value());
  BOOST_TEST(!must(read_resource(file, type, std::uint16_t{2}, 1024)).has_value());
  BOOST_TEST(!must(read_resource(file, std::u16string(u"Setting"), name, 1024)).has_value());
  BOOST_TEST(!must(read_resource(file, type, std::u16string(u"Main"), 1024)).has_value());
  const PeFile bare = must(open_bytes(fixture::build_pe()));
  BOOST_TEST(!must(read_resource(bare, type, name, 1024)).has_value());
  // A directory of languages without any.
  BOOST_TEST(!must(read_single(mutate(single(), language_count, std::array<std::uint8_t, 1>{0})))
                  .has_value());
}

BOOST_AUTO_TEST_CASE(chooses_the_language_asked_for_then_neutral_then_english_then_the_first) {
  const auto chosen = [](std::vector<std::uint16_t> languages, std::optional<std::uint16_t> asked) {
    std::vector<fixture::PeResource> resources;
    for (const std::uint16_t language : languages) {
      resources.push_back({.type = type, .name = name, .language = language});
    }
    const PeFile file = must(open_bytes(fixture::build_pe({.resources = std::move(resources)})));
    return must(PeResources::of(file)->find(type, name, asked))->language;
  };
  BOOST_TEST(chosen({0x040C, 0x0409, 0, 0x0407}, std::uint16_t{0x0407}) == 0x0407);
  BOOST_TEST(chosen({0x040C, 0x0409, 0, 7}, std::uint16_t{0x0407}) == 7);
  BOOST_TEST(chosen({0x040C, 0x0409, 0}, std::uint16_t{0x0407}) == 0);
  BOOST_TEST(chosen({0x040C, 0x0409}, std::uint16_t{0x0407}) == 0x0409);
  BOOST_TEST(chosen({0x040C, 9}, std::uint16_t{0x0407}) == 9);
  BOOST_TEST(chosen({0x040C, 0x0410}, std::uint16_t{0x0407}) == 0x040C);
  BOOST_TEST(chosen({0x040C, 0x0409, 0}, std::nullopt) == 0x040C);
}

BOOST_AUTO_TEST_CASE(no_more_is_read_than_was_asked_for) {
  const PeFile file = must(open_bytes(single()));
  BOOST_TEST(must(read_resource(file, type, name, 4)).has_value());
  BOOST_TEST(is_status(read_resource(file, type, name, 3), Status::limit_exceeded));
}

BOOST_DATA_TEST_CASE(rejects, bdata::make(mutations), m) {
  const auto read = read_single(mutate(single(), m.offset, m.bytes));
  BOOST_TEST(is_status(read, m.expected));
  BOOST_TEST(mentions(read.error().message(), {"program.exe"}));
}

BOOST_AUTO_TEST_CASE(a_name_past_the_end_hides_no_neighbour) {
  const auto lost = mutate(sample_program(), pe_place::resources + 0x10,
                           std::array<std::uint8_t, 4>{0xF0, 0xFF, 0xFF, 0xFF});
  const PeFile file = must(open_bytes(lost));
  BOOST_TEST(!must(read_resource(file, std::u16string(u"Settings"), std::u16string(u"Main"), 1024))
                  .has_value());
  BOOST_TEST(must(read_resource(file, type, name, 1024)).has_value());
  BOOST_TEST(must(read_version_info(file)).has_value());
}

BOOST_AUTO_TEST_CASE(a_name_longer_than_the_section_is_no_match) {
  // The length in front of "Settings" becomes 65,535 units; asked for is a name of that length.
  std::vector<std::byte> bytes = sample_program();
  const std::size_t entry = pe_place::resources + 0x10;
  const std::size_t at = pe_place::resources + (fixture::get_u32(bytes, entry) & 0x7FFFFFFFU);
  BOOST_TEST_REQUIRE(fixture::get_u16(bytes, at) == 8U);
  fixture::put_u16(bytes, at, 0xFFFF);
  const PeFile file = must(open_bytes(std::move(bytes)));
  BOOST_TEST(!must(read_resource(file, std::u16string(0xFFFF, u'x'), std::u16string(u"Main"), 1024))
                  .has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
