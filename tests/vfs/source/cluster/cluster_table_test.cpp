// SPDX-License-Identifier: Apache-2.0
// Chains of clusters: widths, loops, breaks, what is kept.
#include "vfs/source/cluster/cluster_table.h"

#include <array>
#include <map>
#include <memory>

#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::uint32_t end = 0x0FFF'FFFF;

/// A table of 32-bit entries for clusters 2 to 101; those that are not named are free.
std::unique_ptr<ClusterTable> table_of(const std::map<std::uint32_t, std::uint32_t>& links,
                                       std::uint32_t max_runs = 1000) {
  std::vector<std::byte> bytes(102 * 4);
  for (const auto& [cluster, value] : links) {
    for (std::size_t i = 0; i < 4; ++i) {
      bytes[cluster * 4 + i] = static_cast<std::byte>(value >> (8 * i));
    }
  }
  const auto pieces =
      std::make_shared<PieceCache>(make_memory_source(std::move(bytes), "table"), 64, 1U << 20);
  return std::make_unique<ClusterTable>(pieces,
                                        ClusterTableLayout{.offset = 0,
                                                           .entry_bits = 32,
                                                           .mask = 0x0FFF'FFFF,
                                                           .bad = 0x0FFF'FFF7,
                                                           .first_end = 0x0FFF'FFF8,
                                                           .cluster_count = 100},
                                        max_runs);
}

using Runs = std::vector<ClusterRun>;

}  // namespace

BOOST_AUTO_TEST_SUITE(cluster_table)

BOOST_AUTO_TEST_CASE(neighbours_become_one_run) {
  const auto table = table_of({{5, 6}, {6, 7}, {7, 20}, {20, 21}, {21, 4}, {4, end}});
  const auto chain = table->chain(5, 100);
  BOOST_TEST((chain->runs == Runs{{5, 3}, {20, 2}, {4, 1}}));
  BOOST_TEST(chain->clusters == 6U);
  BOOST_TEST(chain->ended);
  BOOST_TEST(!chain->broken.has_value());
}

BOOST_AUTO_TEST_CASE(no_more_is_kept_than_was_asked_for) {
  const auto table = table_of({{5, 6}, {6, 7}, {7, end}});
  const auto two = table->chain(5, 2);
  BOOST_TEST((two->runs == Runs{{5, 2}}));
  BOOST_TEST(!two->ended);
  BOOST_TEST(!two->broken.has_value());
  BOOST_TEST(table->chain(5, 3)->ended);
  BOOST_TEST(table->chain(5, ~std::uint64_t{0})->ended);
}

BOOST_AUTO_TEST_CASE(the_latest_chains_are_kept) {
  const auto table = table_of({{5, 6}, {6, end}, {7, end}});
  const auto chain = table->chain(5, 10);
  BOOST_TEST(table->chain(5, 10) == chain);
  BOOST_TEST(table->chain(5, 1) != chain);
  for (std::uint64_t i = 1; i < 80; ++i) {
    (void)table->chain(7, i);
  }
  BOOST_TEST(table->chain(5, 10) != chain);
}

BOOST_AUTO_TEST_CASE(every_loop_is_cut_before_it_repeats) {
  for (std::uint32_t length = 1; length <= 20; ++length) {
    for (std::uint32_t back = 0; back < length; ++back) {
      for (const std::uint64_t wanted : {std::uint64_t{length}, std::uint64_t{length} + 1,
                                         2 * std::uint64_t{length}, std::uint64_t{100}}) {
        std::map<std::uint32_t, std::uint32_t> links;
        for (std::uint32_t i = 0; i < length; ++i) {
          links[10 + 3 * i] = i + 1 < length ? 13 + 3 * i : 10 + 3 * back;
        }
        const auto chain = table_of(links)->chain(10, wanted);
        BOOST_TEST(chain->clusters == length);
        BOOST_TEST(chain->runs.size() == length);
        BOOST_TEST(!chain->ended);
        BOOST_REQUIRE(chain->broken.has_value());
        BOOST_TEST((chain->broken->status() == Status::corrupt));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(links_to_nowhere_break_a_chain_and_say_where) {
  for (const auto& [value, word] : std::map<std::uint32_t, const char*>{
           {0, "free"}, {1, "nowhere"}, {102, "nowhere"}, {0x0FFF'FFF7, "bad"}}) {
    const auto chain = table_of({{5, 6}, {6, value}})->chain(5, 100);
    BOOST_TEST(chain->clusters == 2U);
    BOOST_REQUIRE(chain->broken.has_value());
    BOOST_TEST(mentions(chain->broken->message(), {"cluster 6", "0x18", word, "2 to 101"}));
  }
}

BOOST_AUTO_TEST_CASE(a_chain_must_start_at_a_cluster) {
  for (const std::uint32_t first : {0U, 1U, 102U, 0xFFFF'FFFFU}) {
    const auto chain = table_of({})->chain(first, 10);
    BOOST_TEST(chain->clusters == 0U);
    BOOST_TEST(chain->runs.empty());
    BOOST_TEST(chain->broken.has_value());
  }
}

BOOST_AUTO_TEST_CASE(too_many_runs_are_a_limit) {
  const auto table = table_of({{5, 7}, {7, 9}, {9, 11}, {11, end}}, 2);
  const auto chain = table->chain(5, 100);
  BOOST_REQUIRE(chain->broken.has_value());
  BOOST_TEST((chain->broken->status() == Status::limit_exceeded));
}

BOOST_AUTO_TEST_CASE(entries_of_12_bits_are_read_across_bytes_and_pieces) {
  std::vector<std::byte> bytes(30 * 3 / 2);
  for (std::uint32_t cluster = 0; cluster < 30; ++cluster) {
    const std::uint32_t value = cluster < 29 ? cluster + 1 : 0xFFF;
    for (std::uint32_t bit = 0; bit < 12; ++bit) {
      const std::uint32_t at = cluster * 12 + bit;
      if (((value >> bit) & 1U) != 0) {
        bytes[at / 8] |= static_cast<std::byte>(1U << (at % 8));
      }
    }
  }
  bytes.push_back({});
  const auto pieces =
      std::make_shared<PieceCache>(make_memory_source(std::move(bytes), "table"), 16, 1U << 20);
  const ClusterTable table(pieces,
                           {.offset = 0,
                            .entry_bits = 12,
                            .mask = 0xFFF,
                            .bad = 0xFF7,
                            .first_end = 0xFF8,
                            .cluster_count = 28},
                           100);
  const auto chain = table.chain(2, 100);
  BOOST_TEST((chain->runs == Runs{{2, 28}}));
  BOOST_TEST(chain->ended);
}

BOOST_AUTO_TEST_CASE(a_table_that_ends_early_breaks_the_chain) {
  std::map<std::uint32_t, std::uint32_t> links;
  const auto pieces = std::make_shared<PieceCache>(
      make_memory_source(std::vector<std::byte>(40, std::byte{7}), "short"), 64, 1U << 20);
  const ClusterTable table(pieces,
                           {.offset = 0,
                            .entry_bits = 32,
                            .mask = 0xFF,
                            .bad = 0xF7,
                            .first_end = 0xF8,
                            .cluster_count = 100},
                           100);
  const auto loop = table.chain(7, 10);  // every entry names cluster 7
  BOOST_TEST(loop->clusters == 1U);
  const auto behind = table.chain(50, 10);
  BOOST_TEST(behind->clusters == 1U);
  BOOST_REQUIRE(behind->broken.has_value());
  BOOST_TEST((behind->broken->status() == Status::truncated));
}

BOOST_AUTO_TEST_CASE(a_deleted_chain_is_made_of_free_clusters) {
  const auto table = table_of({{6, end}, {7, end}});
  BOOST_TEST((table->free_chain(4, 4).runs == Runs{{4, 2}, {8, 2}}));
  BOOST_TEST(table->free_chain(4, 4).ended);
  const ClusterChain taken = table->free_chain(6, 1);
  BOOST_TEST(taken.clusters == 0U);
  BOOST_TEST(taken.broken.has_value());
  const ClusterChain cut = table->free_chain(100, 5);
  BOOST_TEST(cut.clusters == 2U);
  BOOST_TEST(cut.broken.has_value());
  BOOST_TEST(table->free_chain(0, 5).clusters == 0U);
}

BOOST_AUTO_TEST_CASE(runs_become_bytes) {
  const auto chain = table_of({{5, 6}, {6, 2}, {2, end}})->chain(5, 100);
  BOOST_TEST(
      (byte_runs(*chain, 1000, 512) == std::vector<ByteRun>{{1000 + 3 * 512, 1024}, {1000, 512}}));
}

BOOST_AUTO_TEST_SUITE_END()
