// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/large_chunks.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"

namespace casement::wim {
namespace {

/// How often chunks are made when 1, 2, 1 are asked for, each said to have so many bytes.
int made_of(std::uint64_t size) {
  LargeChunks chunks(std::uint64_t{16} << 20);
  int made = 0;
  const auto make = [&]() -> Result<std::vector<std::byte>> {
    ++made;
    return std::vector<std::byte>(1);
  };
  for (const std::uint64_t index : {1U, 2U, 1U}) {
    BOOST_TEST(test::is_ok(chunks.get({.owner = 1, .index = index}, size, make)));
  }
  return made;
}

BOOST_AUTO_TEST_SUITE(large_chunks)

BOOST_AUTO_TEST_CASE(two_chunks_are_kept_above_the_budget) {
  BOOST_TEST(made_of(std::uint64_t{128} << 20) == 2);
}

BOOST_AUTO_TEST_CASE(of_chunks_too_large_for_two_one_is_kept) {
  BOOST_TEST(made_of((std::uint64_t{128} << 20) + 1) == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
