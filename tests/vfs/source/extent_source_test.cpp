// SPDX-License-Identifier: Apache-2.0
#include "vfs/source/extent_source.h"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <vector>

#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

namespace casement {
namespace {

using test::is_status;
using test::must;

SourcePtr counting(std::size_t size, std::uint8_t first) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>(first + i);
  }
  return make_memory_source(std::move(bytes), "counting");
}

std::vector<int> all_of(const ByteSource& source) {
  std::vector<std::byte> bytes(source.size());
  must(source.read(0, bytes));
  std::vector<int> values;
  for (const std::byte byte : bytes) {
    values.push_back(std::to_integer<int>(byte));
  }
  return values;
}

BOOST_AUTO_TEST_SUITE(extent_source)

BOOST_AUTO_TEST_CASE(joins_pieces_and_holes) {
  const SourcePtr joined = must(make_extent_source(
      {{2, counting(4, 10), 1}, {0, nullptr, 0}, {3, nullptr, 0}, {1, counting(4, 50), 3}}, "x"));
  BOOST_TEST(joined->size() == 6);
  BOOST_TEST(all_of(*joined) == (std::vector<int>{11, 12, 0, 0, 0, 53}),
             boost::test_tools::per_element());
  std::vector<std::byte> middle(3);
  must(joined->read(1, middle));
  BOOST_TEST(std::to_integer<int>(middle[0]) == 12);
  BOOST_TEST(std::to_integer<int>(middle[2]) == 0);
}

BOOST_AUTO_TEST_CASE(no_pieces_make_an_empty_source) {
  const SourcePtr nothing = must(make_extent_source({}, "x"));
  BOOST_TEST(nothing->size() == 0);
  std::vector<std::byte> one(1);
  BOOST_TEST(is_status(nothing->read(0, one), Status::truncated));
}

BOOST_AUTO_TEST_CASE(rejects_a_piece_outside_its_source) {
  BOOST_TEST(is_status(make_extent_source({{4, counting(4, 0), 1}}, "x"), Status::truncated));
  BOOST_TEST(
      is_status(make_extent_source({{1, counting(4, 0), UINT64_MAX}}, "x"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(rejects_lengths_that_wrap) {
  BOOST_TEST(is_status(make_extent_source({{UINT64_MAX, nullptr, 0}, {1, nullptr, 0}}, "x"),
                       Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement
