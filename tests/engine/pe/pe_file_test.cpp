// SPDX-License-Identifier: Apache-2.0
#include "engine/pe/pe_file.h"

#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/engine/pe/pe_support.h"
#include "tests/support/mutate.h"

namespace casement::test {
namespace {

namespace bdata = boost::unit_test::data;

const std::array header_mutations{
    Mutation{"no MZ", 0, {'X'}, Status::bad_format},
    Mutation{"no PE", 0x80, {'X'}, Status::bad_format},
    Mutation{"header offset near 2^32", 0x3C, {0xF0, 0xFF, 0xFF, 0xFF}, Status::truncated},
    Mutation{"neither PE32 nor PE32+", pe_place::optional_magic, {0x07, 0x01}, Status::unsupported},
    Mutation{"no optional header", pe_place::optional_size, {0, 0}, Status::corrupt},
    Mutation{"one byte of optional header", pe_place::optional_size, {1, 0}, Status::corrupt},
    Mutation{"optional header too short", pe_place::optional_size, {0x6F, 0}, Status::corrupt},
    Mutation{
        "section table behind the file", pe_place::optional_size, {0xFF, 0xFF}, Status::truncated},
    Mutation{"97 sections", pe_place::section_count, {97, 0}, Status::limit_exceeded},
    Mutation{"65,535 sections", pe_place::section_count, {0xFF, 0xFF}, Status::limit_exceeded}};

}  // namespace

BOOST_AUTO_TEST_SUITE(pe_file)

BOOST_AUTO_TEST_CASE(reads_headers_and_sections_of_both_widths) {
  const PeFile wide = must(open_bytes(sample_program()));
  BOOST_TEST(wide.machine() == 0x8664);
  BOOST_TEST(wide.is_wide());
  BOOST_TEST_REQUIRE(wide.sections().size() == 2U);
  BOOST_TEST(wide.sections()[0].name == ".text");
  BOOST_TEST(wide.sections()[1].name == ".rsrc");
  BOOST_TEST(wide.sections()[1].rva == fixture::pe_resource_rva);
  BOOST_TEST(wide.sections()[1].file_offset == pe_place::resources);
  BOOST_TEST_REQUIRE(wide.resources().has_value());
  BOOST_TEST(wide.resources()->rva == fixture::pe_resource_rva);
  const PeFile narrow = must(open_bytes(sample_program(fixture::PeMachine::x86)));
  BOOST_TEST(narrow.machine() == 0x014C);
  BOOST_TEST(!narrow.is_wide());
  BOOST_TEST(narrow.resources()->rva == fixture::pe_resource_rva);
}

BOOST_AUTO_TEST_CASE(a_program_without_resources_has_none) {
  BOOST_TEST(!must(open_bytes(fixture::build_pe())).resources().has_value());
  // Fewer directories than the one of resources.
  const PeFile file = must(open_bytes(
      mutate(sample_program(), pe_place::directory_count, std::array<std::uint8_t, 1>{2})));
  BOOST_TEST(!file.resources().has_value());
  BOOST_TEST(!file.directory(0xFFFFFFFF).has_value());
}

BOOST_AUTO_TEST_CASE(addresses_become_places_in_the_file) {
  const PeFile file = must(open_bytes(sample_program()));
  BOOST_TEST(must(file.offset_of(0x1000, 1)) == 0x200U);
  BOOST_TEST(must(file.offset_of(0x2010, 8)) == 0x410U);
  BOOST_TEST(must(file.offset_of(0x40, 4)) == 0x40U);  // the headers
  BOOST_TEST(is_status(file.offset_of(0x1000, 0x201), Status::corrupt));
  BOOST_TEST(is_status(file.offset_of(0x1800, 1), Status::corrupt));  // between sections
  BOOST_TEST(is_status(file.offset_of(0xFFFFFFFF, 0xFFFFFFFF), Status::corrupt));
  BOOST_TEST(is_status(file.offset_of(0x1FFFFFFFF, 1), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_section_lies_where_the_loader_takes_it) {
  // The low bits of PointerToRawData are dropped where sections are aligned to pages.
  const auto odd = mutate(sample_program(), pe_place::resource_section + 0x14,
                          std::array<std::uint8_t, 1>{0x37});
  BOOST_TEST(must(open_bytes(odd)).sections()[1].file_offset == pe_place::resources);
  const auto small = mutate(odd, pe_place::section_alignment, std::array<std::uint8_t, 2>{0x20, 0});
  BOOST_TEST(must(open_bytes(small)).sections()[1].file_offset == pe_place::resources + 0x37);
}

BOOST_AUTO_TEST_CASE(memory_behind_the_bytes_of_a_section_is_not_read_from_the_file) {
  // VirtualSize is a page more than SizeOfRawData.
  const PeFile file = must(open_bytes(mutate(sample_program(), pe_place::resource_section + 8,
                                             std::array<std::uint8_t, 2>{0, 0x20})));
  BOOST_TEST(is_status(file.offset_of(0x3000, 1), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_section_behind_the_end_of_the_file_is_truncated) {
  const PeFile file = must(open_bytes(mutate(sample_program(), pe_place::resource_section + 0x14,
                                             std::array<std::uint8_t, 4>{0x00, 0xFE, 0xFF, 0xFF})));
  BOOST_TEST(is_status(read_version_info(file), Status::truncated));
}

BOOST_DATA_TEST_CASE(rejects, bdata::make(header_mutations), m) {
  const auto opened = open_bytes(mutate(sample_program(), m.offset, m.bytes));
  BOOST_TEST(is_status(opened, m.expected));
  BOOST_TEST(mentions(opened.error().message(), {"program.exe"}));
}

BOOST_AUTO_TEST_CASE(survives_truncation) {
  const std::vector<std::byte> whole = sample_program();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto file = open_bytes(prefix(whole, size));
    // The section table ends at 0x1D8.
    BOOST_REQUIRE_EQUAL(file.has_value(), size >= 0x1D8);
    if (file) {
      ask_everything(*file);
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_a_changed_byte_anywhere) {
  const std::vector<std::byte> whole = sample_program();
  std::size_t opened = 0;
  for (std::size_t offset = 0; offset < whole.size(); ++offset) {
    std::vector<std::byte> changed = whole;
    changed[offset] ^= std::byte{0xFF};
    if (const auto file = open_bytes(std::move(changed))) {
      ++opened;
      ask_everything(*file);
    }
  }
  // All but those of the two signatures and of the sizes between them.
  BOOST_TEST(opened > whole.size() - 32);
  BOOST_TEST(opened < whole.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
