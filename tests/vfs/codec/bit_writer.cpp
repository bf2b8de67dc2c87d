// SPDX-License-Identifier: Apache-2.0
// Bits into units, and codes without much thought.
#include "tests/vfs/codec/bit_writer.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <numeric>
#include <random>

namespace casement::test {
namespace {

constexpr unsigned unit_bits = 16;

/// 12 codewords of 4 bits and 8 of 5 bits: 12/16 + 8/32 = 1.
std::vector<std::uint8_t> pre_lengths() {
  std::vector<std::uint8_t> lengths(12, 4);
  lengths.resize(20, 5);
  return lengths;
}

}  // namespace

std::vector<std::uint32_t> codewords_of(std::span<const std::uint8_t> lengths) {
  std::vector<std::uint32_t> words(lengths.size());
  std::uint32_t next = 0;
  for (unsigned length = 1; length <= 16; ++length) {
    next <<= 1U;
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
      if (lengths[symbol] == length) {
        words[symbol] = next++;
      }
    }
  }
  return words;
}

std::vector<std::uint8_t> random_code(std::size_t symbols, std::size_t codewords,
                                      unsigned max_length, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> leaves = {0};
  while (leaves.size() < codewords) {
    std::uint8_t& leaf = leaves[random() % leaves.size()];
    if (leaf < max_length) {
      ++leaf;
      leaves.push_back(leaf);
    }
  }
  std::vector<std::size_t> order(symbols);
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), random);
  std::vector<std::uint8_t> lengths(symbols);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    lengths[order[i]] = leaves[i];
  }
  return lengths;
}

void BitWriter::put(unsigned bits, std::uint32_t value) {
  for (; bits != 0; --bits) {
    unit_ = unit_ << 1U | (value >> (bits - 1) & 1U);
    if (++count_ == unit_bits) {
      bytes_.push_back(static_cast<std::byte>(unit_));
      bytes_.push_back(static_cast<std::byte>(unit_ >> 8U));
      unit_ = 0;
      count_ = 0;
    }
  }
}

void BitWriter::put_symbol(std::span<const std::uint8_t> lengths, std::size_t symbol) {
  BOOST_REQUIRE_NE(lengths[symbol], 0U);
  put(lengths[symbol], codewords_of(lengths)[symbol]);
}

void BitWriter::align() {
  if (count_ != 0) {
    put(unit_bits - count_, 0);
  }
}

void BitWriter::put_bytes(const Plain& bytes) {
  BOOST_REQUIRE_EQUAL(count_, 0U);
  bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void BitWriter::put_le32(std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) {
    put_bytes({static_cast<std::byte>(value >> (8 * i))});
  }
}

void BitWriter::put_lzx_block(std::uint32_t type, std::uint32_t size) {
  put(3, type);
  put(1, size == 32768 ? 1 : 0);
  if (size != 32768) {
    put(16, size);
  }
}

void BitWriter::put_lzx_lengths(std::span<const std::uint8_t> lengths) {
  put_pre_code();
  for (const std::uint8_t length : lengths) {
    put_pre_symbol((17U - length) % 17U);  // 0 less this, modulo 17
  }
}

void BitWriter::put_pre_code() {
  for (const std::uint8_t length : pre_lengths()) {
    put(4, length);
  }
}

void BitWriter::put_pre_symbol(std::size_t symbol) {
  put_symbol(pre_lengths(), symbol);
}

Plain BitWriter::bytes() const {
  BitWriter whole = *this;
  whole.align();
  Plain bytes = whole.bytes_;
  bytes.shrink_to_fit();
  return bytes;
}

}  // namespace casement::test
