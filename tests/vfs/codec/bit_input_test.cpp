// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/bit_input.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "tests/support/mutate.h"
#include "tests/vfs/codec/codec_support.h"

using namespace casement;          // NOLINT(google-build-using-namespace): test file
using namespace casement::detail;  // NOLINT(google-build-using-namespace)
using namespace casement::test;    // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

/// Bit `index` of the stream, by the book; zeros behind the last whole unit.
std::uint32_t bit_of(const Plain& in, std::size_t index) {
  const std::size_t unit = index / 16 * 2;
  if (unit + 2 > in.size()) {
    return 0;
  }
  const auto value = get_le<std::uint16_t>(in, unit);
  return value >> (15 - index % 16) & 1U;
}

std::uint32_t bits_of(const Plain& in, std::size_t index, unsigned bits) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < bits; ++i) {
    value = value << 1U | bit_of(in, index + i);
  }
  return value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bit_input)

BOOST_DATA_TEST_CASE(reads_units_from_their_highest_bit_and_then_zeros,
                     bdata::xrange(std::size_t{0}, std::size_t{40}), size) {
  const Plain in = noise(size, static_cast<std::uint32_t>(size));
  for (const unsigned bits : {1U, 7U, 16U, 17U, 32U}) {
    UnitSource source(in);
    BitInput input(source);
    for (std::size_t at = 0; at < size * 8 + 200; at += bits) {
      input.refill();
      BOOST_TEST(input.count() >= BitInput::refilled);
      BOOST_TEST(input.peek(bits) == bits_of(in, at, bits), bits << " bits at " << at);
      BOOST_TEST(input.take(bits) == bits_of(in, at, bits));
    }
  }
}

BOOST_AUTO_TEST_CASE(takes_48_bits_between_refills) {
  const Plain in = noise(64, 1);
  UnitSource source(in);
  BitInput input(source);
  for (std::size_t at = 0; at < 400; at += 48) {
    input.refill();
    BOOST_TEST(input.take(0) == 0U);
    BOOST_TEST(input.take(15) == bits_of(in, at, 15));
    BOOST_TEST(input.peek_some(9) == bits_of(in, at + 15, 9));
    input.drop(9);
    BOOST_TEST(input.take(24) == bits_of(in, at + 24, 24));
  }
}

// MS-XCA 2.2.4: a decoder starts with two units and fetches one whenever it has fewer than 16 bits.
BOOST_AUTO_TEST_CASE(finds_raw_bytes_behind_the_units_that_were_needed) {
  const Plain in = noise(60, 2);
  for (std::size_t taken = 1; taken < 300; ++taken) {
    UnitSource source(in);
    BitInput input(source);
    for (std::size_t i = 0; i < taken; ++i) {
      input.refill();
      input.drop(1);
    }
    const std::size_t units = (taken + 15) / 16 + 1;
    BOOST_TEST(input.raw_offset() == std::min(units * 2, in.size()), taken << " bits");
  }
}

BOOST_AUTO_TEST_CASE(resumes_behind_raw_bytes_with_the_bits_it_had) {
  const Plain in = noise(61, 3);
  for (std::size_t raw = 0; raw < 4; ++raw) {
    UnitSource source(in);
    BitInput input(source);
    input.refill();
    input.drop(21);
    const std::size_t offset = input.raw_offset();
    BOOST_TEST(offset == 6U);
    input.resume(offset + raw);
    // 27 bits of the first three units, then the others.
    BOOST_TEST(input.take(16) == bits_of(in, 21, 16));
    input.refill();
    BOOST_TEST(input.take(11) == bits_of(in, 37, 11));
    const Plain rest(in.begin() + static_cast<std::ptrdiff_t>(offset + raw), in.end());
    for (std::size_t at = 0; at < 500; at += 13) {
      input.refill();
      BOOST_TEST(input.take(13) == bits_of(rest, at, 13), raw << " raw bytes, bit " << at);
    }
  }
}

BOOST_AUTO_TEST_CASE(finds_the_next_unit_and_passes_a_whole_one_where_none_is_begun) {
  const Plain in = noise(40, 4);
  for (std::size_t taken = 0; taken < 400; ++taken) {
    UnitSource source(in);
    BitInput input(source);
    input.refill();
    for (std::size_t i = 0; i < taken; ++i) {
      input.drop(1);
      input.refill();
    }
    const std::size_t next = std::min((taken / 16 + 1) * 2, in.size());
    BOOST_TEST(input.next_unit_offset() == next, taken << " bits");
    input.restart(next);
    const Plain rest(in.begin() + static_cast<std::ptrdiff_t>(next), in.end());
    input.refill();
    BOOST_TEST(input.take(20) == bits_of(rest, 0, 20));
  }
}

BOOST_AUTO_TEST_SUITE_END()
