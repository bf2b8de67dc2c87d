// SPDX-License-Identifier: Apache-2.0
#include "vfs/source/block_cache.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <thread>
#include <vector>

#include "tests/support/matchers.h"

namespace casement {
namespace {

using test::is_status;
using test::must;

Result<std::vector<std::byte>> block_of(std::size_t size, std::uint8_t value) {
  return std::vector<std::byte>(size, static_cast<std::byte>(value));
}

BOOST_AUTO_TEST_SUITE(block_cache)

BOOST_AUTO_TEST_CASE(makes_a_block_once) {
  BlockCache cache(1 << 20);
  int made = 0;
  const auto make = [&] {
    ++made;
    return block_of(100, 7);
  };
  const BlockPtr first = must(cache.get({1, 2}, make));
  const BlockPtr second = must(cache.get({1, 2}, make));
  BOOST_TEST(first == second);
  BOOST_TEST(made == 1);
  must(cache.get({2, 1}, make));
  BOOST_TEST(made == 2);
}

BOOST_AUTO_TEST_CASE(an_error_is_not_remembered) {
  BlockCache cache(1 << 20);
  const auto broken = []() -> Result<std::vector<std::byte>> {
    return fail(Status::corrupt, "broken");
  };
  BOOST_TEST(is_status(cache.get({1, 1}, broken), Status::corrupt));
  BOOST_TEST(must(cache.get({1, 1}, [] { return block_of(1, 1); }))->size() == 1);
}

BOOST_AUTO_TEST_CASE(stays_within_its_budget) {
  BlockCache cache(8 * 1000);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    must(cache.get({0, i}, [] { return block_of(100, 0); }));
  }
  BOOST_TEST(cache.held() <= 8000);
  BOOST_TEST(cache.held() > 0);
}

BOOST_AUTO_TEST_CASE(keeps_a_block_larger_than_the_budget_alone) {
  BlockCache cache(8);
  const BlockPtr large = must(cache.get({0, 1}, [] { return block_of(5000, 3); }));
  for (std::uint64_t i = 2; i < 100; ++i) {
    must(cache.get({0, i}, [] { return block_of(5000, 4); }));
  }
  BOOST_TEST(cache.held() == 5000);
  BOOST_TEST(std::to_integer<int>(large->at(4999)) == 3);  // dropped, and still ours
}

BOOST_AUTO_TEST_CASE(large_blocks_have_one_budget_for_all_shards) {
  BlockCache cache(8000);
  int made = 0;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::uint64_t i = 0; i < 4; ++i) {  // larger than a shard's part
      must(cache.get({0, i}, [&] {
        ++made;
        return block_of(2000, 1);
      }));
    }
  }
  BOOST_TEST(made == 4);
  for (std::uint64_t i = 10; i < 100; ++i) {
    must(cache.get({0, i}, [&] { return block_of(i % 2 == 0 ? 3000 : 500, 1); }));
  }
  BOOST_TEST(cache.held() <= 2 * 8000);
}

BOOST_AUTO_TEST_CASE(threads_share_it) {
  BlockCache cache(1 << 16);
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (std::uint64_t i = 0; i < 2000; ++i) {
        const auto value = static_cast<std::uint8_t>(i % 50);
        const auto block = cache.get({0, i % 50}, [&] { return block_of(3000, value); });
        if (!block || (*block)->front() != static_cast<std::byte>(value)) {
          ++wrong;
        }
      }
    });
  }
  threads.clear();
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement
