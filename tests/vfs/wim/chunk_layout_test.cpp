// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/chunk_layout.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/bytes.h"
#include "tests/support/matchers.h"

namespace casement::wim {
namespace {

using test::is_status;
using test::must;

constexpr std::uint64_t large = std::uint64_t{1} << 32;

ChunkLayout layout_of(std::uint64_t size, std::uint64_t stored, ChunkTableKind kind) {
  return must(ChunkLayout::make({.offset = 0, .stored_size = stored, .size = size},
                                {Compression::lzx, 32768, kind}));
}

BOOST_AUTO_TEST_SUITE(chunk_layout)

BOOST_AUTO_TEST_CASE(a_single_chunk_has_no_table) {
  const ChunkLayout layout = layout_of(32768, 100, ChunkTableKind::leading);
  BOOST_TEST(layout.chunk_count == 1U);
  BOOST_TEST(layout.table_size == 0U);
  BOOST_TEST(layout.packed_size == 100U);
  const ChunkPlace place = must(ChunkOffsets(layout, {}, 0).find(0));
  BOOST_TEST(place.offset == 0U);
  BOOST_TEST(place.stored_size == 100U);
  BOOST_TEST(place.plain_size == 32768U);
}

BOOST_AUTO_TEST_CASE(offsets_count_from_the_end_of_a_leading_table) {
  const ChunkLayout layout = layout_of(2 * 32768 + 5, 8 + 60, ChunkTableKind::leading);
  fixture::ByteVector table;
  fixture::append_u32(table, 20);
  fixture::append_u32(table, 57);
  const ChunkOffsets offsets(layout, table, 0);
  BOOST_TEST(must(offsets.find(0)).offset == 8U);
  BOOST_TEST(must(offsets.find(0)).stored_size == 20U);
  BOOST_TEST(must(offsets.find(1)).offset == 28U);
  BOOST_TEST(must(offsets.find(1)).stored_size == 37U);
  const ChunkPlace last = must(offsets.find(2));
  BOOST_TEST(last.stored_size == 3U);
  BOOST_TEST(last.plain_size == 5U);
  BOOST_TEST(!last.is_raw());
}

BOOST_AUTO_TEST_CASE(offsets_have_64_bits_from_4_gib_on) {
  BOOST_TEST(layout_of(large - 1, 1U << 20, ChunkTableKind::leading).entry_size == 4U);
  BOOST_TEST(layout_of(large, 2U << 20, ChunkTableKind::leading).entry_size == 8U);
}

BOOST_AUTO_TEST_CASE(chunks_of_pipable_files_have_headers_and_their_table_is_last) {
  const ChunkLayout layout = layout_of(32768 + 1, 4 + 10 + 4 + 1 + 4, ChunkTableKind::trailing);
  BOOST_TEST(layout.table_offset == 19U);
  BOOST_TEST(layout.packed_size == 11U);
  fixture::ByteVector table;
  fixture::append_u32(table, 10);
  const ChunkOffsets offsets(layout, table, 0);
  BOOST_TEST(must(offsets.find(0)).offset == 4U);
  BOOST_TEST(must(offsets.find(1)).offset == 18U);
  BOOST_TEST(must(offsets.find(1)).is_raw());
}

BOOST_AUTO_TEST_CASE(sizes_of_solid_resources_become_offsets) {
  ChunkLayout layout = layout_of(3 * 32768, 16 + 12 + 100, ChunkTableKind::solid);
  BOOST_TEST(layout.chunks_offset == 28U);
  fixture::ByteVector sizes;
  for (const std::uint32_t size : {30U, 40U, 20U}) {
    fixture::append_u32(sizes, size);
  }
  const auto table = must(sum_chunk_sizes(layout, sizes));
  const ChunkOffsets offsets(layout, table, 0);
  BOOST_TEST(must(offsets.find(1)).offset == 28U + 30U);
  BOOST_TEST(must(offsets.find(1)).stored_size == 40U);
  BOOST_TEST(must(offsets.find(2)).stored_size == 20U);  // not the 10 bytes behind it
  fixture::put_u32(sizes, 0, 41);
  layout = layout_of(3 * 32768, 16 + 12 + 100, ChunkTableKind::solid);
  BOOST_TEST(is_status(sum_chunk_sizes(layout, sizes), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(finds_chunks_in_a_window_of_the_table) {
  const ChunkLayout layout = layout_of(10 * 32768, 36 + 1000, ChunkTableKind::leading);
  fixture::ByteVector window;  // entries 4 to 6
  for (const std::uint32_t offset : {500U, 600U, 750U}) {
    fixture::append_u32(window, offset);
  }
  const ChunkOffsets offsets(layout, window, 4);
  BOOST_TEST(must(offsets.find(5)).stored_size == 100U);
  BOOST_TEST(must(offsets.find(6)).offset == 36U + 600U);
}

BOOST_AUTO_TEST_CASE(refuses_offsets_that_are_not_in_order_or_not_inside) {
  const ChunkLayout layout = layout_of(3 * 32768, 8 + 50'000, ChunkTableKind::leading);
  const auto find = [&](std::uint32_t first, std::uint32_t second, std::uint64_t index) {
    fixture::ByteVector table;
    fixture::append_u32(table, first);
    fixture::append_u32(table, second);
    return ChunkOffsets(layout, table, 0).find(index);
  };
  BOOST_TEST(is_status(find(20, 20, 1), Status::corrupt));        // nothing
  BOOST_TEST(is_status(find(20, 19, 1), Status::corrupt));        // backwards
  BOOST_TEST(is_status(find(0, 10, 0), Status::corrupt));         // nothing
  BOOST_TEST(is_status(find(10, 50'001, 1), Status::corrupt));    // outside
  BOOST_TEST(is_status(find(10, 50'000, 2), Status::corrupt));    // nothing is left
  BOOST_TEST(is_status(find(32769, 32770, 0), Status::corrupt));  // larger than plain
  BOOST_TEST(must(find(32768, 32770, 0)).is_raw());
  BOOST_TEST(is_status(find(10, 0xFFFF'FFFF, 1), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(the_plain_size_is_bounded_by_what_is_stored) {
  const auto make = [](std::uint64_t size, std::uint64_t stored, std::uint32_t chunk_size,
                       ChunkTableKind kind = ChunkTableKind::leading) {
    return ChunkLayout::make({.offset = 0, .stored_size = stored, .size = size},
                             {Compression::lzx, chunk_size, kind});
  };
  BOOST_TEST(is_status(make(std::uint64_t{1} << 40, 100, 32768), Status::corrupt));
  BOOST_TEST(is_status(make(~std::uint64_t{0}, (std::uint64_t{1} << 56) - 1, 1), Status::corrupt));
  BOOST_TEST(is_status(make(2 * 32768, 5, 32768), Status::corrupt));  // a table and one byte
  BOOST_TEST(must(make(2 * 32768, 6, 32768)).packed_size == 2U);
  BOOST_TEST(is_status(make(100, 100, 0), Status::corrupt));
  BOOST_TEST(is_status(make(100, 100, (1U << 30) + 1), Status::corrupt));
  BOOST_TEST(is_status(make(0, 100, 32768), Status::corrupt));
  BOOST_TEST(is_status(make(1, 20, 32768, ChunkTableKind::solid), Status::corrupt));
  BOOST_TEST(must(make(1, 21, 32768, ChunkTableKind::solid)).packed_size == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
