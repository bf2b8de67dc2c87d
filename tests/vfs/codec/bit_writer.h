// SPDX-License-Identifier: Apache-2.0
// Writes what BitInput reads, and the lengths of LZX codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tests/vfs/codec/codec_support.h"

namespace casement::test {

/// The codewords of a canonical code: by symbol, from their lengths. 0 for symbols without one.
std::vector<std::uint32_t> codewords_of(std::span<const std::uint8_t> lengths);

/// Lengths of a random complete code of `codewords` symbols (at least 2) out of `symbols`.
std::vector<std::uint8_t> random_code(std::size_t symbols, std::size_t codewords,
                                      unsigned max_length, std::uint32_t seed);

/// 16-bit little-endian units, filled from their highest bit down.
class BitWriter {
 public:
  void put(unsigned bits, std::uint32_t value);

  /// The symbol's codeword.
  void put_symbol(std::span<const std::uint8_t> lengths, std::size_t symbol);

  /// Ends the current unit.
  void align();

  /// Bytes behind the units so far. Precondition: at the end of a unit.
  void put_bytes(const Plain& bytes);
  void put_le32(std::uint32_t value);

  /// The type and size of an LZX block in a window of 2^15 bytes.
  void put_lzx_block(std::uint32_t type, std::uint32_t size);

  /// The lengths of a part of an LZX code, of which all were 0 before: written by a complete code
  /// of all 20 symbols.
  void put_lzx_lengths(std::span<const std::uint8_t> lengths);

  /// The code before such lengths, and single symbols of it.
  void put_pre_code();
  void put_pre_symbol(std::size_t symbol);

  /// Everything so far; the last unit is filled up with zeros.
  Plain bytes() const;

  unsigned bits_in_unit() const { return count_; }

 private:
  Plain bytes_;
  std::uint32_t unit_ = 0;
  unsigned count_ = 0;
};

}  // namespace casement::test
