// SPDX-License-Identifier: Apache-2.0
// LZX chunks made by hand, in windows of 2^15 bytes.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "tests/vfs/codec/bit_writer.h"
#include "tests/vfs/codec/wim_peer.h"

namespace casement::test {

using Lengths = std::vector<std::uint8_t>;

inline constexpr std::size_t main_symbols = 256 + 30 * 8;

/// A main symbol for a match. `length` from 2 to 9, of which 9 wants a length symbol as well.
constexpr std::size_t match(std::size_t slot, std::size_t length) {
  return 256 + slot * 8 + length - 2;
}

/// Codes with the same number of bits for each of some symbols.
struct BlockCodes {
  Lengths main = Lengths(main_symbols);
  Lengths length = Lengths(249);

  BlockCodes();

  void put(BitWriter& out) const;
};

/// A stream with one block of such codes.
struct Block {
  BlockCodes codes;
  BitWriter out;

  explicit Block(std::uint32_t size, std::uint32_t type = 1);

  Block& symbol(std::size_t symbol);
  Block& text(std::string_view text);
  Block& length(std::size_t symbol);
  Block& bits(unsigned bits, std::uint32_t value);
};

/// An uncompressed block: its header, recent offsets and bytes.
void put_uncompressed(BitWriter& out, std::uint32_t size, std::array<std::uint32_t, 3> offsets,
                      const Plain& bytes);

/// Decoders of chunks of up to 2^15 bytes.
const Judge& lzx_judge();

/// Checks that both decoders give `expected`.
void gives(const BitWriter& out, std::string_view expected);

/// Checks that both refuse `size` plain bytes, and that this project says why.
void refused(const BitWriter& out, std::size_t size, const char* why);

}  // namespace casement::test
