// SPDX-License-Identifier: Apache-2.0
// A B-tree of an NTFS volume: its nodes, and a cursor that finds keys and goes on in order.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/ntfs/index_block.h"
#include "vfs/ntfs/index_entry.h"
#include "vfs/ntfs/node.h"

namespace casement::ntfs {

using IndexNodePtr = std::shared_ptr<const IndexNode>;

/// One index of a file record. Nodes are read when they are asked for. Thread-safe.
class IndexTree {
 public:
  /// The index `name` ("$I30") of `node`. not_found: it has none. corrupt, truncated: its root
  /// cannot be used; io_failed. A bitmap that cannot be read is the finding
  /// "index-bitmap-damaged": every block then counts as live.
  static Result<std::shared_ptr<const IndexTree>> open(const NtfsNode& node,
                                                       std::u16string_view name, IndexKind kind);

  IndexTree(const IndexTree&) = delete;
  IndexTree& operator=(const IndexTree&) = delete;
  ~IndexTree() = default;

  const IndexRootInfo& info() const noexcept { return info_; }
  const IndexNodePtr& root() const noexcept { return root_; }

  /// The block that a child VCN means. corrupt: the VCN is not that of a block of this index, or
  /// the block is damaged.
  Result<IndexNodePtr> load(std::uint64_t vcn) const;

  /// Blocks of $INDEX_ALLOCATION, live or not, up to the last one that has clusters.
  std::uint64_t block_count() const noexcept { return block_count_; }
  std::uint64_t block_vcn(std::uint64_t block) const noexcept;
  /// By the index's bitmap: other blocks hold entries of the past.
  bool is_live(std::uint64_t block) const noexcept;
  /// The first live block from `block` on that has clusters.
  std::optional<std::uint64_t> next_live(std::uint64_t block) const noexcept;

 private:
  /// Blocks with clusters: from `first` to before `end`.
  struct BlockRange {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
  };

  IndexTree() = default;
  void open_blocks(const NtfsNode& node, std::u16string_view name);
  void find_mapped(const NtfsNode& node, const AttributeChain& blocks);
  Result<std::vector<std::byte>> read_bitmap(const NtfsNode& node, std::u16string_view name) const;

  NtfsVolumePtr volume_;
  FileReference owner_;
  std::string describe_;
  IndexKind kind_ = IndexKind::file_names;
  IndexRootInfo info_;
  IndexNodePtr root_;
  SourcePtr blocks_;  // null: a small index has none
  std::optional<Error> blocks_error_;
  std::vector<std::byte> bitmap_;
  bool bitmap_usable_ = false;
  std::vector<BlockRange> mapped_;  // ascending
  std::uint64_t block_count_ = 0;
  std::uint32_t vcn_unit_ = 0;
};

using IndexTreePtr = std::shared_ptr<const IndexTree>;

/// Gives the entries of an index in its order. Belongs to one thread.
class IndexCursor {
 public:
  /// Stands before the first entry.
  explicit IndexCursor(IndexTreePtr tree);

  /// How a key compares to what is looked for.
  using Compare = std::function<std::strong_ordering(Bytes key)>;

  /// Goes before the first entry whose key is not less. An Error: a node on the way cannot be read.
  Result<void> seek(const Compare& compare);

  /// The next entry that has a key, or nullopt at the end. It stays valid until the next call. An
  /// Error concerns one node, or the rest of one: call again to go on.
  Result<std::optional<IndexEntry>> next();

  /// Blocks that were reached so far, by VCN.
  const std::unordered_set<std::uint64_t>& visited() const noexcept { return visited_; }

 private:
  struct Level {
    IndexNodePtr node;
    std::size_t index = 0;
    bool entered_child = false;
  };
  Result<void> enter(std::uint64_t vcn);

  IndexTreePtr tree_;
  std::vector<Level> levels_;
  std::unordered_set<std::uint64_t> visited_;
};

}  // namespace casement::ntfs
