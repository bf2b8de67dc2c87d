// SPDX-License-Identifier: Apache-2.0
// A node of an index tree: the root in its file record, or a block of $INDEX_ALLOCATION.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"
#include "vfs/ntfs/index_entry.h"

namespace casement::ntfs {

/// What $INDEX_ROOT says of the whole index.
struct IndexRootInfo {
  std::uint32_t indexed_type = 0;  // ntfs_layout::attribute_type; 0: a view
  std::uint32_t collation = 0;     // ntfs_layout::index_collation
  std::uint32_t block_size = 0;    // bytes, a power of two from 512 to 64 KiB
};

/// Entries of one node. Owns its bytes; entries point into them.
class IndexNode {
 public:
  /// `value` of $INDEX_ROOT. truncated, corrupt: no node header, or one that reaches out of it.
  static Result<IndexNode> parse_root(std::vector<std::byte> value, IndexKind kind);

  /// A block as stored; applies its fixups. `vcn` is where it was found. bad_format: no "INDX".
  /// corrupt: it says that it is of another VCN, or its node header reaches out of it.
  static Result<IndexNode> parse_block(std::vector<std::byte> block, std::uint64_t vcn,
                                       IndexKind kind);

  /// Number of entries, with the last one, which has no key.
  std::size_t size() const noexcept { return offsets_.size(); }
  /// Precondition: index < size().
  IndexEntry entry(std::size_t index) const;

  /// Set when entries are missing: one is damaged and hides those behind it, or the node has no
  /// last entry.
  const std::optional<Error>& damage() const noexcept { return damage_; }
  /// Parts of the block were written at different times.
  bool torn() const noexcept { return torn_; }

 private:
  IndexNode(std::vector<std::byte> bytes, IndexKind kind);
  Result<void> parse(std::size_t header_offset);
  Bytes entries() const noexcept;

  std::vector<std::byte> bytes_;
  IndexKind kind_;
  std::size_t first_ = 0;  // where the entries begin in bytes_
  std::size_t end_ = 0;
  std::vector<std::uint32_t> offsets_;  // of the entries, from first_
  std::optional<Error> damage_;
  bool torn_ = false;
};

/// The fields of $INDEX_ROOT. truncated; corrupt: a block size that cannot be.
Result<IndexRootInfo> parse_index_root(Bytes value);

}  // namespace casement::ntfs
