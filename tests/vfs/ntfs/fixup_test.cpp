// SPDX-License-Identifier: Apache-2.0
// Update sequences of records and index blocks.
#include "vfs/ntfs/fixup.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/vfs/ntfs/record_bytes.h"

namespace casement::ntfs {
namespace {

using test::is_status;
using test::make_record;
using test::must;
using test::mutate;
using test::Mutation;
using test::RawBytes;

constexpr std::array<char, 4> file = {'F', 'I', 'L', 'E'};

/// A record whose protected words hold data of their own.
RawBytes base() {
  return make_record({test::resident_attribute(0x80, u"", RawBytes(800, std::byte{0x5A}))});
}

BOOST_AUTO_TEST_SUITE(fixup)

BOOST_AUTO_TEST_CASE(puts_every_protected_word_back) {
  RawBytes block = base();
  BOOST_TEST(get_le<std::uint16_t>(block, 510) == 0x0A0BU);
  const FixupReport report = must(apply_fixups(block, file, 0));
  BOOST_TEST(!report.torn());
  BOOST_TEST(get_le<std::uint16_t>(block, 510) == 0x5A5AU);
  BOOST_TEST(get_le<std::uint16_t>(block, 1022) == 0x0000U);
}

BOOST_AUTO_TEST_CASE(reports_strides_of_another_time_and_leaves_them) {
  RawBytes block = mutate(base(), 510, {{0x0C}});
  const FixupReport report = must(apply_fixups(block, file, 0));
  BOOST_TEST(report.torn());
  BOOST_TEST(report.torn_strides == 1U);
  BOOST_TEST(get_le<std::uint16_t>(block, 510) == 0x0A0CU);
}

BOOST_AUTO_TEST_CASE(strides_are_512_bytes_in_a_record_of_4096_too) {
  RawBytes block = make_record(
      {test::resident_attribute(0x80, u"", RawBytes(3000, std::byte{0x5A}))}, {.size = 4096});
  BOOST_TEST(!must(apply_fixups(block, file, 0)).torn());
  for (std::size_t word = 510; word < 3000; word += 512) {
    BOOST_TEST(get_le<std::uint16_t>(block, word) == 0x5A5AU);
  }
}

BOOST_AUTO_TEST_CASE(a_longer_array_does_no_harm) {
  RawBytes block = mutate(base(), 6, {{0x09}});
  BOOST_TEST(!must(apply_fixups(block, file, 0)).torn());
}

const std::vector<Mutation> mutations = {
    {"another signature", 0, {'B', 'A', 'A', 'D'}, Status::bad_format},
    {"an array over the header", 4, {0x0E}, Status::corrupt},
    {"an odd array", 4, {0x31}, Status::corrupt},
    {"an array over a protected word", 4, {0xFC, 0x01}, Status::corrupt},
    {"an array behind the block", 4, {0x00, 0xFF}, Status::corrupt},
    {"an array of nothing", 6, {0x00}, Status::corrupt},
    {"an array that is too short", 6, {0x02}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(mutations), m) {
  RawBytes block = mutate(base(), m.offset, m.bytes);
  BOOST_TEST(is_status(apply_fixups(block, file, 0x1000), m.expected));
}

BOOST_AUTO_TEST_CASE(refuses_blocks_that_are_no_strides) {
  RawBytes block = base();
  const MutableBytes bytes(block);
  BOOST_TEST(is_status(apply_fixups(bytes.first(15), file, 0), Status::truncated));
  BOOST_TEST(is_status(apply_fixups(bytes.first(511), file, 0), Status::corrupt));
  BOOST_TEST(is_status(apply_fixups(bytes.first(1023), file, 0), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
