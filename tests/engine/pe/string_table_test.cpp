// SPDX-License-Identifier: Apache-2.0
#include "engine/pe/string_table.h"

#include <array>
#include <boost/test/unit_test.hpp>

#include "tests/engine/pe/pe_support.h"
#include "tests/support/mutate.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string string_of(const PeFile& file, std::uint16_t number,
                      std::optional<std::uint16_t> language = {}) {
  const auto text = must(read_resource_string(file, number, language));
  return text ? to_utf8(*text) : "none";
}

PeFile with_block(fixture::ByteVector block) {
  return must(open_bytes(fixture::build_pe(
      {.resources = {{.type = std::uint16_t{6}, .name = std::uint16_t{1}, .data = block}}})));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(string_table)

BOOST_AUTO_TEST_CASE(reads_strings_by_number_and_language) {
  const PeFile file = must(open_bytes(sample_program()));
  BOOST_TEST(string_of(file, 1) == "one");
  BOOST_TEST(string_of(file, 1, std::uint16_t{0x0409}) == "English one");
  BOOST_TEST(string_of(file, 17, std::uint16_t{0x0409}) == "seventeen");
  BOOST_TEST(string_of(file, 0) == "none");      // empty
  BOOST_TEST(string_of(file, 15) == "none");     // the last of the block
  BOOST_TEST(string_of(file, 16) == "none");     // the first of the next
  BOOST_TEST(string_of(file, 65535) == "none");  // no such block
}

BOOST_AUTO_TEST_CASE(numbers_at_the_ends_of_blocks_are_told_apart) {
  const PeFile file = must(open_bytes(fixture::build_pe(
      {.resources = fixture::string_resources({{.number = 15, .text = u"fifteen"},
                                               {.number = 16, .text = u"sixteen"},
                                               {.number = 65535, .text = u"last"}})})));
  BOOST_TEST(string_of(file, 15) == "fifteen");
  BOOST_TEST(string_of(file, 16) == "sixteen");
  BOOST_TEST(string_of(file, 65535) == "last");
}

BOOST_AUTO_TEST_CASE(a_block_that_ends_early_is_truncated) {
  fixture::ByteVector block;
  fixture::append_u16(block, 1);
  fixture::append_u16(block, u'a');
  fixture::append_u16(block, 0xFFFF);
  fixture::append_u16(block, u'b');
  const PeFile file = with_block(block);
  BOOST_TEST(string_of(file, 0) == "a");
  for (const std::uint16_t number : std::array<std::uint16_t, 3>{1, 2, 15}) {
    const auto read = read_resource_string(file, number);
    BOOST_TEST(is_status(read, Status::truncated));
    BOOST_TEST(mentions(read.error().message(), {"program.exe", "block 1"}));
  }
  BOOST_TEST(is_status(read_resource_string(with_block({}), 0), Status::truncated));
}

BOOST_AUTO_TEST_CASE(a_block_over_the_limit_is_not_read) {
  const PeFile file = with_block(fixture::ByteVector(max_string_block + 1));
  BOOST_TEST(is_status(read_resource_string(file, 0), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
