// SPDX-License-Identifier: Apache-2.0
// XPRESS (Huffman), LZX and LZMS chunks, as WIM resources and WOF streams hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

enum class WimCompression : std::uint8_t { xpress, lzx, lzms };

class LzmsDecoder;

/// One codec with one chunk size. Thread-safe. XPRESS and LZX keep nothing between calls and
/// allocate nothing; decompressors of LZMS are kept for as many threads as have been using it at
/// the same time.
class WimCodec {
 public:
  /// `max_chunk_size`: bytes of the largest plain chunk, a power of two from 4 KiB to 1 GiB.
  /// invalid_argument: a size that the compression does not have.
  static Result<std::shared_ptr<const WimCodec>> create(WimCompression compression,
                                                        std::uint32_t max_chunk_size);
  WimCodec(const WimCodec&) = delete;
  WimCodec& operator=(const WimCodec&) = delete;
  ~WimCodec();

  /// Fills `out` exactly. corrupt: `in` is no chunk of out.size() plain bytes. Precondition:
  /// out.size() <= max_chunk_size. A chunk stored raw (in.size() == out.size()) is the caller's
  /// business.
  Result<void> decompress(Bytes in, MutableBytes out) const;

 private:
  WimCodec(WimCompression compression, unsigned order);

  WimCompression compression_;
  unsigned order_;                     // of the largest chunk's size, as a power of two
  std::unique_ptr<LzmsDecoder> lzms_;  // for LZMS only
};

}  // namespace casement
