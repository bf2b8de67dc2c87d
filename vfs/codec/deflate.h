// SPDX-License-Identifier: Apache-2.0
// DEFLATE as disk images store clusters and grains: a known number of plain bytes.
#pragma once

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

}  // namespace casement
