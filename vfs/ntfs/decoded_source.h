// SPDX-License-Identifier: Apache-2.0
// Streams that are stored as compressed blocks: LZNT1 units, WOF chunks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/ntfs/node.h"
#include "vfs/source/block_cache.h"

namespace casement::ntfs {

/// What a cached block is of.
enum class CachedBlock : std::uint8_t { lznt1_unit, wof_chunk, wof_table };

/// Key of block `index` of an attribute. By the place of its head, which is unique in any volume,
/// so all sources of one attribute share their blocks. Precondition: index < 2^60.
BlockCache::Key cache_key(const AttributeChain& chain, CachedBlock kind,
                          std::uint64_t index) noexcept;

/// For messages: "C.vhd / MFT record 45", with ":name" for a named attribute.
std::string describe_attribute(const NtfsNode& node, const AttributeChain& chain);

/// Cuts reads into blocks. Blocks are decoded into the volume's cache, once each in a sequential
/// pass; those that a large read wants whole are decoded right into its buffer.
class DecodedSource : public ByteSource {
 public:
  std::uint64_t size() const noexcept final { return size_; }
  std::string describe() const final { return name_; }

 protected:
  /// `size`: plain bytes. Precondition: `block_size` is a power of two.
  DecodedSource(const NtfsNode& node, const AttributeChain& chain, CachedBlock kind,
                std::uint32_t block_size, std::uint64_t size);

  const NtfsVolume& volume() const noexcept { return *volume_; }
  std::uint32_t block_size() const noexcept { return block_size_; }
  /// Plain bytes of a block: block_size(), or less in the last one.
  std::size_t plain_size(std::uint64_t index) const noexcept;

 private:
  /// Fills as much of the front of `out` as needs no decoding, and gives how much; 0: the block at
  /// `offset` is compressed. Precondition: the range is within the source, `out` is not empty.
  virtual Result<std::size_t> read_plain(std::uint64_t offset, MutableBytes out) const = 0;

  /// Decodes a whole block. Precondition: block.size() == plain_size(index).
  virtual Result<void> decode(std::uint64_t index, MutableBytes block) const = 0;

  Result<void> do_read(std::uint64_t offset, MutableBytes out) const final;
  Result<BlockPtr> cached(std::uint64_t index) const;

  NtfsVolumePtr volume_;
  BlockCache::Key first_key_;
  std::uint32_t block_size_;
  std::uint64_t size_;
  std::string name_;
};

}  // namespace casement::ntfs
