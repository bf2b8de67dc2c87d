// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/blob_table.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "fixtures/build/bytes.h"

namespace casement::wim {
namespace {

using fixture::ByteVector;
namespace flag = wim_layout::resource_flag;

Sha1 hash_of(std::uint32_t number) {
  fixture::ByteVector bytes;
  fixture::append_u32(bytes, number);
  return sha1(bytes);
}

struct Row {
  Sha1 hash{};
  std::uint8_t flags = 0;
  std::uint64_t stored_size = 10;
  std::uint64_t size = 10;
  std::uint64_t offset = 208;
  std::uint16_t part = 1;
};

void append(ByteVector& table, const Row& row) {
  fixture::append_u64(table, row.stored_size | (std::uint64_t{row.flags} << 56));
  fixture::append_u64(table, row.offset);
  fixture::append_u64(table, row.size);
  fixture::append_u16(table, row.part);
  fixture::append_u32(table, 7);
  fixture::append_bytes(table, row.hash);
}

/// With all of `parts` open.
class TestTable : public BlobTable {
 public:
  explicit TestTable(const std::vector<Row>& rows, std::size_t parts = 1) {
    ByteVector bytes;
    for (const Row& row : rows) {
      append(bytes, row);
    }
    add_table(LargeBytes(bytes.begin(), bytes.end()));
    std::vector<bool> open(parts + 1, true);
    open[0] = false;
    set_open_parts(open);
  }
};

BOOST_AUTO_TEST_SUITE(blob_table)

BOOST_AUTO_TEST_CASE(gives_every_field_of_a_row) {
  const TestTable table(
      {{hash_of(1), flag::compressed, 0xAB'CDEF'0123'4567, 0x9876, 0x1122'3344'5566, 1}});
  const BlobEntry entry = table.at(0);
  BOOST_TEST(entry.location.stored_size == 0xAB'CDEF'0123'4567U);
  BOOST_TEST(entry.location.offset == 0x1122'3344'5566U);
  BOOST_TEST(entry.plain_size() == 0x9876U);
  BOOST_TEST(entry.references == 7U);
  BOOST_TEST(entry.part == 1U);
  BOOST_TEST((entry.hash == hash_of(1)));
}

BOOST_AUTO_TEST_CASE(finds_blobs_and_neither_metadata_nor_solid_resources) {
  const TestTable table({{hash_of(1), flag::metadata},
                         {hash_of(2)},
                         {hash_of(3), flag::solid, 99, wim_layout::solid_resource_mark},
                         {hash_of(4), flag::solid, 50, 0},
                         {Sha1{}}});
  BOOST_TEST(!table.find(hash_of(1)));
  BOOST_TEST(table.find(hash_of(2)).value() == 1U);
  BOOST_TEST(!table.find(hash_of(3)));
  BOOST_TEST(table.find(hash_of(4)).value() == 3U);
  BOOST_TEST(table.at(3).plain_size() == 50U);  // in the field for the stored size
  BOOST_TEST(!table.find(Sha1{}));
  BOOST_TEST(!table.find(hash_of(5)));
  BOOST_REQUIRE_EQUAL(table.metadata().size(), 1U);
}

BOOST_AUTO_TEST_CASE(the_first_of_equal_hashes_counts) {
  const TestTable table({{hash_of(1)}, {hash_of(2)}, {hash_of(1)}});
  BOOST_TEST(table.find(hash_of(1)).value() == 0U);
}

BOOST_AUTO_TEST_CASE(the_first_of_equal_hashes_in_a_part_that_is_there_counts) {
  TestTable table({{hash_of(1), 0, 10, 10, 208, 2},
                   {hash_of(1), 0, 10, 10, 208, 3},
                   {hash_of(1), 0, 10, 10, 208, 1},
                   {hash_of(2), 0, 10, 10, 208, 2},
                   {hash_of(2), 0, 10, 10, 208, 9}});
  table.set_open_parts({false, true, false, true});
  BOOST_TEST(table.find(hash_of(1)).value() == 1U);
  BOOST_TEST(table.find(hash_of(2)).value() == 3U);
  BOOST_TEST(!table.is_open(2));
  BOOST_TEST(!table.is_open(9));
}

BOOST_AUTO_TEST_CASE(joins_the_tables_of_several_parts) {
  TestTable table({{hash_of(1)}, {hash_of(2), flag::metadata}}, 2);
  ByteVector second;
  append(second, {hash_of(3), flag::metadata});
  append(second, {hash_of(4)});
  second.resize(second.size() + 49);  // less than a row
  table.add_table(LargeBytes(second.begin(), second.end()));
  BOOST_TEST(table.size() == 4U);
  BOOST_TEST(table.find(hash_of(4)).value() == 3U);
  BOOST_REQUIRE_EQUAL(table.metadata().size(), 2U);
  BOOST_TEST(table.metadata()[1] == 2U);
}

BOOST_AUTO_TEST_CASE(consecutive_solid_rows_are_a_run) {
  const auto mark = wim_layout::solid_resource_mark;
  const TestTable table({{hash_of(1), flag::solid, 99, mark},
                         {hash_of(2), flag::solid},
                         {hash_of(3), flag::solid, 88, mark},
                         {hash_of(4)},
                         {hash_of(5), flag::solid}});
  BOOST_REQUIRE_EQUAL(table.solid_runs().size(), 2U);
  const SolidRun& run = table.solid_runs()[0];
  BOOST_TEST(run.first == 0U);
  BOOST_TEST(run.end == 3U);
  BOOST_TEST(run.resources == (std::vector<std::uint32_t>{0, 2}), boost::test_tools::per_element());
  BOOST_TEST(table.solid_runs()[1].resources.empty());
}

BOOST_AUTO_TEST_CASE(a_run_ends_with_its_table) {
  TestTable table({{hash_of(1), flag::solid}});
  ByteVector second;
  append(second, {hash_of(2), flag::solid});
  table.add_table(LargeBytes(second.begin(), second.end()));
  BOOST_TEST(table.solid_runs().size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_empty_table_has_nothing) {
  BlobTable table;
  table.add_table({});
  BOOST_TEST(table.size() == 0U);
  BOOST_TEST(!table.find(hash_of(1)));
}

BOOST_AUTO_TEST_CASE(hashes_that_begin_alike_are_found_without_searching_all_of_them) {
  ByteVector bytes;
  const std::uint32_t count = 100'000;
  for (std::uint32_t i = 0; i < count; ++i) {
    Sha1 hash{};  // 16 bytes of zeros
    hash[0] = std::byte{1};
    for (std::size_t j = 0; j < 4; ++j) {
      hash[16 + j] = static_cast<std::byte>(i >> (8 * j));
    }
    append(bytes, {hash});
  }
  BlobTable table;
  table.add_table(LargeBytes(bytes.begin(), bytes.end()));
  Sha1 hash{};
  hash[0] = std::byte{1};
  // A table that put all of them into one row of slots would take minutes here.
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) {  // the first ones go through the rows, then there is a table
    BOOST_TEST(table.find(hash).value() == 0U);
  }
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_CASE(the_first_lookups_find_what_later_ones_find) {
  ByteVector bytes;
  append(bytes, {hash_of(1), flag::metadata});
  append(bytes, {hash_of(1)});
  append(bytes, {hash_of(2)});
  append(bytes, {hash_of(2)});
  BlobTable table;
  table.add_table(LargeBytes(bytes.begin(), bytes.end()));
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST(table.find(hash_of(1)).value() == 1U);
    BOOST_TEST(table.find(hash_of(2)).value() == 2U);
    BOOST_TEST(!table.find(hash_of(3)));
    BOOST_TEST(!table.find(Sha1{}));
  }
}

BOOST_AUTO_TEST_CASE(many_threads_may_ask_first) {
  ByteVector bytes;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    append(bytes, {hash_of(i)});
  }
  BlobTable table;
  table.add_table(LargeBytes(bytes.begin(), bytes.end()));
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t t = 0; t < 8; ++t) {
      threads.emplace_back([&table, &wrong, t] {
        for (std::uint32_t i = t; i < 20'000; i += 97) {
          wrong += table.find(hash_of(i)) == std::optional(i) ? 0 : 1;
        }
      });
    }
  }
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
