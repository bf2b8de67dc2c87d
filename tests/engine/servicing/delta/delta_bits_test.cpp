// SPDX-License-Identifier: Apache-2.0
// The bit stream of deltas.
#include "engine/servicing/delta/delta_bits.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <limits>

#include "fixtures/build/delta_bit_writer.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

using detail::pa30::DeltaBits;

template <class... Values>
std::vector<std::byte> bytes(Values... values) {
  return {static_cast<std::byte>(values)...};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(delta_bits)

// The example of the public description of the format.
BOOST_AUTO_TEST_CASE(numbers_are_read_as_the_description_shows_them) {
  const auto stream = bytes(0xE9, 0x46, 0x00);
  DeltaBits bits = must(DeltaBits::open(stream, "example"));
  BOOST_TEST(must(bits.number("first")) == 14U);
  BOOST_TEST(must(bits.number("second")) == 17U);
}

BOOST_AUTO_TEST_CASE(numbers_of_every_size_come_back) {
  std::vector<std::uint64_t> values = {0, std::numeric_limits<std::uint64_t>::max()};
  for (unsigned shift = 0; shift < 64; ++shift) {
    values.push_back(std::uint64_t{1} << shift);
    values.push_back((std::uint64_t{1} << shift) - 1);
  }
  fixture::DeltaBitWriter writer;
  for (const std::uint64_t value : values) {
    writer.number(value);
  }
  const auto stream = std::move(writer).finish();
  DeltaBits bits = must(DeltaBits::open(stream, "numbers"));
  for (const std::uint64_t value : values) {
    BOOST_TEST(must(bits.number("one")) == value);
  }
  BOOST_TEST(is_status(bits.number("one more"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(buffers_begin_on_a_byte_and_what_follows_them_too) {
  fixture::DeltaBitWriter writer;
  writer.bits(5, 3);
  writer.buffer(bytes(1, 2, 3));
  writer.bits(1, 1);
  writer.buffer({});
  writer.bits(0x15, 5);
  const auto stream = std::move(writer).finish();
  DeltaBits bits = must(DeltaBits::open(stream, "buffers"));
  BOOST_TEST(bits.take(3) == 5U);
  const Bytes buffer = must(bits.buffer("three"));
  BOOST_TEST((to_vector(buffer) == bytes(1, 2, 3)));
  bits.refill();
  BOOST_TEST(bits.take(1) == 1U);
  BOOST_TEST(must(bits.buffer("none")).empty());
  bits.refill();
  BOOST_TEST(bits.take(5) == 0x15U);
  BOOST_TEST(is_ok(bits.finish("all")));
}

BOOST_AUTO_TEST_CASE(unused_bits_of_the_last_byte_do_not_count) {
  const auto stream = bytes(0x03);  // three unused ones: two are left
  DeltaBits bits = must(DeltaBits::open(stream, "two bits"));
  bits.refill();
  bits.drop(2);
  BOOST_TEST(!bits.overrun());
  bits.drop(1);
  BOOST_TEST(bits.overrun());
  BOOST_TEST(is_status(bits.finish("three"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(zeros_follow_the_end) {
  const auto stream = bytes(0xF8, 0xFF);
  DeltaBits bits = must(DeltaBits::open(stream, "ones"));
  for (unsigned i = 0; i < 200; ++i) {
    bits.refill();
    BOOST_TEST(bits.take(1) == (i < 13 ? 1U : 0U));
    BOOST_TEST(bits.overrun() == (i >= 13));
  }
}

BOOST_AUTO_TEST_CASE(a_stream_without_bits_is_refused) {
  BOOST_TEST(is_status(DeltaBits::open({}, "nothing"), Status::truncated));
  const auto stream = bytes(0x07);
  BOOST_TEST(is_status(DeltaBits::open(stream, "all unused"), Status::truncated));
}

BOOST_AUTO_TEST_CASE(a_number_of_seventeen_digits_is_refused) {
  const auto stream = bytes(0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
  DeltaBits bits = must(DeltaBits::open(stream, "stream"));
  BOOST_TEST(is_ok(bits.number("13 zeros and a one")));
  const std::array<std::byte, 20> zeros = {};
  DeltaBits none = must(DeltaBits::open(zeros, "stream"));
  BOOST_TEST(is_status(none.number("no one"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(a_buffer_beyond_the_end_is_refused_however_long) {
  for (const std::uint64_t size :
       {std::uint64_t{4}, std::uint64_t{1} << 62U, std::numeric_limits<std::uint64_t>::max()}) {
    fixture::DeltaBitWriter writer;
    writer.number(size);
    auto stream = std::move(writer).finish();
    stream[0] &= std::byte{0xF8};  // all bits of the last byte are used
    stream.resize(stream.size() + 3);
    DeltaBits bits = must(DeltaBits::open(stream, "stream"));
    const auto buffer = bits.buffer("buffer");
    BOOST_TEST(is_status(buffer, Status::truncated));
    BOOST_TEST(mentions(buffer.error().message(), {"stream", "buffer"}));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
