// SPDX-License-Identifier: Apache-2.0
// libwim's compressors and decompressors, as the judge of this project's decoders.
#pragma once

#include <wimlib.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>

#include "tests/vfs/codec/codec_support.h"
#include "vfs/codec/wim_codec.h"

namespace casement::test {

/// A compression with its largest chunk.
struct ChunkFormat {
  WimCompression compression;
  std::uint32_t chunk_size;
};

std::ostream& operator<<(std::ostream& out, const ChunkFormat& format);

/// Nothing if the chunk does not get smaller.
std::optional<Plain> pack(const ChunkFormat& format, const Plain& plain, unsigned level = 50);

/// Both decoders, of this project and of libwim, side by side.
class Judge {
 public:
  explicit Judge(const ChunkFormat& format);

  /// What libwim makes of a chunk; nothing if it refuses it.
  std::optional<Plain> peer(std::span<const std::byte> in, std::size_t plain_size) const;
  Result<Plain> own(std::span<const std::byte> in, std::size_t plain_size) const;

  /// Both give the same bytes, or both refuse: then this is false. Runs of lengths are the one
  /// thing that this project alone refuses: see lzx_codes_test.cpp.
  bool agree(std::span<const std::byte> in, std::size_t plain_size) const;

 private:
  struct Free {
    void operator()(wimlib_decompressor* decompressor) const noexcept {
      wimlib_free_decompressor(decompressor);
    }
  };
  std::shared_ptr<const WimCodec> codec_;
  std::unique_ptr<wimlib_decompressor, Free> peer_;
};

/// Bytes that resemble x86 code: opcodes, small numbers, calls of a few functions.
Plain code_like(std::size_t size, std::uint32_t seed);

}  // namespace casement::test
