// SPDX-License-Identifier: Apache-2.0
// LZMS chunks through libwim.
#pragma once

#include <cstdint>
#include <memory>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Decodes LZMS chunks of up to one size. Thread-safe: decompressors are kept for as many threads
/// as have been using it at the same time.
class LzmsDecoder {
 public:
  /// Precondition: a power of two from 2^15 to 2^30.
  explicit LzmsDecoder(std::uint32_t max_chunk_size);
  LzmsDecoder(const LzmsDecoder&) = delete;
  LzmsDecoder& operator=(const LzmsDecoder&) = delete;
  ~LzmsDecoder();

  /// Fills `out` exactly. corrupt: `in` is no chunk of out.size() plain bytes. Precondition: at
  /// least one plain byte, and not more than the largest chunk has.
  Result<void> decompress(Bytes in, MutableBytes out);

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace casement
