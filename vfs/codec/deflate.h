// SPDX-License-Identifier: Apache-2.0
// DEFLATE as disk images store clusters, grains and chunks, and the checksum of its zlib framing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

enum class DeflateFraming : std::uint8_t {
  raw,  // RFC 1951
  zlib  // RFC 1950: two bytes before, Adler-32 after
};

/// Fills `out` exactly with the first out.size() plain bytes of `in`. What follows the stream in
/// `in` is padding and ignored; a stream that would go on is cut (its Adler-32 is then not
/// checked). corrupt: no such stream, or one that ends early.
/// Sources: RFC 1950, RFC 1951.
Result<void> inflate_exactly(DeflateFraming framing, Bytes in, MutableBytes out);

/// Decodes a whole stream, its Adler-32 included, into the front of `out`: the number of plain
/// bytes. What follows the stream in `in` is padding and ignored. corrupt: no such stream, one that
/// is cut, has a wrong checksum, or holds more than out.size() bytes.
Result<std::size_t> inflate_whole(DeflateFraming framing, Bytes in, MutableBytes out);

/// The most that a DEFLATE stream of so many bytes can hold: a match of 258 bytes takes two bits.
inline constexpr std::uint64_t max_inflate_ratio = 1032;

/// The checksum of RFC 1950.
std::uint32_t adler32(Bytes data) noexcept;

}  // namespace casement
