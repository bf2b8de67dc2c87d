// SPDX-License-Identifier: Apache-2.0
#include "vfs/codec/e8_filter.h"

#include <boost/test/unit_test.hpp>

#include "tests/vfs/codec/codec_support.h"

using namespace casement;          // NOLINT(google-build-using-namespace): test file
using namespace casement::detail;  // NOLINT(google-build-using-namespace)
using namespace casement::test;    // NOLINT(google-build-using-namespace)

namespace {

void store(Plain& bytes, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[at + i] = static_cast<std::byte>(value >> (8 * i));
  }
}

/// By the book.
Plain undone(Plain bytes) {
  for (std::size_t i = 0; i + 10 < bytes.size(); ++i) {
    if (bytes[i] != std::byte{0xE8}) {
      continue;
    }
    const auto position = static_cast<std::int64_t>(i);
    auto value =
        static_cast<std::int64_t>(static_cast<std::int32_t>(get_le<std::uint32_t>(bytes, i + 1)));
    if (value >= 0 && value < 12'000'000) {
      value -= position;
    } else if (value < 0 && value >= -position) {
      value += 12'000'000;
    }
    store(bytes, i + 1, static_cast<std::uint32_t>(value));
    i += 4;
  }
  return bytes;
}

void undo(Plain& bytes) {
  undo_e8_translation(bytes);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(e8_filter)

BOOST_AUTO_TEST_CASE(makes_operands_relative_that_were_made_absolute) {
  constexpr std::uint32_t at = 100;
  struct Case {
    std::uint32_t translated;
    std::uint32_t plain;
  };
  for (const Case& c : {Case{0, 0U - at},
                        {at, 0},
                        {11'999'999, 11'999'999 - at},
                        {12'000'000, 12'000'000},
                        {0U - 1, 11'999'999},
                        {0U - at, 12'000'000 - at},
                        {0U - at - 1, 0U - at - 1},
                        {0x80000000, 0x80000000},
                        {0x7FFFFFFF, 0x7FFFFFFF}}) {
    Plain bytes(200);
    bytes[at] = std::byte{0xE8};
    store(bytes, at + 1, c.translated);
    undo(bytes);
    BOOST_TEST(get_le<std::uint32_t>(bytes, at + 1) == c.plain, "operand " << c.translated);
  }
}

BOOST_AUTO_TEST_CASE(leaves_the_last_ten_bytes_alone) {
  for (std::size_t size = 0; size < 150; ++size) {
    for (std::size_t at = 1; at + 5 <= size; ++at) {
      Plain before(size);
      before[at] = std::byte{0xE8};
      Plain bytes = before;
      undo(bytes);
      BOOST_TEST((bytes == before) == (at + 10 >= size), at << " of " << size);
    }
  }
}

BOOST_AUTO_TEST_CASE(finds_calls_wherever_they_lie) {
  for (std::size_t at = 0; at < 200; ++at) {
    for (const std::size_t next : {std::size_t{1}, std::size_t{4}, std::size_t{5}}) {
      Plain bytes(211);
      bytes[at] = bytes[at + next] = std::byte{0xE8};
      const Plain expected = undone(bytes);
      undo(bytes);
      BOOST_TEST((bytes == expected), "at " << at << " and " << next << " behind");
    }
  }
}

BOOST_AUTO_TEST_CASE(agrees_with_the_book_on_dense_calls) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Plain bytes = noise(500 + seed, seed);
    for (std::byte& byte : bytes) {  // one in four is E8, most others are 0
      const auto value = static_cast<unsigned>(byte);
      byte = value < 64 ? std::byte{0xE8} : value < 192 ? std::byte{0} : byte;
    }
    const Plain expected = undone(bytes);
    undo(bytes);
    BOOST_TEST((bytes == expected), "seed " << seed);
  }
}

BOOST_AUTO_TEST_SUITE_END()
