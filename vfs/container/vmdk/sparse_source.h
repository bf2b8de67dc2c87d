// SPDX-License-Identifier: Apache-2.0
// The part of a disk that one sparse VMDK extent holds.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "vfs/container/piece_reader.h"
#include "vfs/container/vmdk/sparse_extent.h"
#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

struct VmdkSparseParts {
  SourcePtr file;
  SourcePtr parent;                 // nullptr: grains that are not here read as zeros
  std::uint64_t parent_offset = 0;  // where this extent begins in the disk
  BlockCachePtr cache;
  std::uint64_t table_owner = 0;  // numbers of this extent in the cache
  std::uint64_t grain_owner = 0;
};

/// Reading a present uncompressed grain is one read of the file once its table is in the cache;
/// grains that lie one after another become one read. Thread-safe.
class VmdkSparseSource final : public ByteSource {
 public:
  /// `size`: bytes of this extent in the disk; what is past extent.capacity comes from the parent.
  /// Precondition: parts.parent_offset + size fits 64 bits.
  VmdkSparseSource(VmdkSparseExtent extent, std::uint64_t size, VmdkSparseParts parts)
      : extent_(std::move(extent)), size_(size), parts_(std::move(parts)) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return parts_.file->describe() + " / extent"; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;
  Result<Piece> find(std::uint64_t offset, std::uint64_t wanted) const;
  Piece from_parent(std::uint64_t offset, std::uint64_t length) const;
  Result<std::uint64_t> read_entry(std::uint64_t table, std::uint64_t index) const;
  Result<Piece> find_grain(std::uint64_t entry, std::uint64_t offset, std::uint64_t length) const;
  Result<Piece> find_se_grain(std::uint64_t entry, std::uint64_t offset,
                              std::uint64_t length) const;
  Result<std::vector<std::byte>> decompress(std::uint64_t position, std::uint64_t start) const;

  VmdkSparseExtent extent_;
  std::uint64_t size_;
  VmdkSparseParts parts_;
};

}  // namespace casement
