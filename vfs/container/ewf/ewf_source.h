// SPDX-License-Identifier: Apache-2.0
// The medium inside the segments of an EWF image.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vfs/container/ewf/segment_reader.h"
#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// Whole chunks are decoded into the caller's buffer; parts of chunks come from the cache, so that
/// small reads decode each chunk once. Every checksum is verified. Thread-safe: decoding takes no
/// lock.
class EwfSource final : public ByteSource {
 public:
  EwfSource(EwfImage image, BlockCachePtr cache, std::uint64_t owner, std::string name)
      : image_(std::move(image)), cache_(std::move(cache)), owner_(owner), name_(std::move(name)) {}

  std::uint64_t size() const noexcept override { return image_.contents.geometry.media_size; }
  std::string describe() const override { return name_; }

 private:
  /// What one read keeps from chunk to chunk.
  struct Workspace {
    std::uint32_t segment = 0;
    SourcePtr file;  // null: none yet
    std::vector<std::byte> packed;
  };

  /// What the cache wants made. In one place, so that a hit allocates nothing.
  struct Job {
    std::uint64_t chunk = 0;
    std::size_t plain_size = 0;
    Workspace& work;
  };

  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;
  /// Fills `out`, which is as large as what the medium has of the chunk.
  Result<void> decode(std::uint64_t chunk, MutableBytes out, Workspace& work) const;
  Result<std::vector<std::byte>> decode_block(const Job& job) const;
  Result<void> open_segment(std::uint32_t segment, Workspace& work) const;
  Result<void> read_plain(const EwfChunkPlace& place, MutableBytes out, Workspace& work) const;
  Result<void> inflate(const EwfChunkPlace& place, MutableBytes out, Workspace& work) const;
  std::unexpected<Error> lost(std::uint64_t chunk) const;

  EwfImage image_;
  BlockCachePtr cache_;
  std::uint64_t owner_;
  std::string name_;
};

}  // namespace casement
