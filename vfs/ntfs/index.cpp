// SPDX-License-Identifier: Apache-2.0
// Index trees: nodes by VCN, descent and traversal.
#include "vfs/ntfs/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/stream.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

/// An index root lies in a file record, which has at most 64 KiB.
constexpr std::uint64_t max_root_size = 0x1'0000;

}  // namespace

Result<IndexTreePtr> IndexTree::open(const NtfsNode& node, std::u16string_view name,
                                     IndexKind kind) {
  auto tree = std::shared_ptr<IndexTree>(new IndexTree());
  tree->volume_ = node.volume();
  tree->owner_ = node.reference();
  tree->kind_ = kind;
  tree->describe_ = fmt::format("index {} of record {}", to_utf8(name), node.reference().record());
  const auto describe = [&] { return tree->describe_; };
  const AttributeChain* const chain =
      CASEMENT_TRY(node.require(layout::attribute_type::index_root, name).with_context(describe));
  std::vector<std::byte> value =
      CASEMENT_TRY(read_attribute(node, *chain, max_root_size).with_context(describe));
  tree->info_ = CASEMENT_TRY(parse_index_root(value).with_context(describe));
  tree->root_ = std::make_shared<const IndexNode>(
      CASEMENT_TRY(IndexNode::parse_root(std::move(value), kind).with_context(describe)));
  tree->open_blocks(node, name);
  return IndexTreePtr(std::move(tree));
}

/// Without blocks or bitmap the tree still gives what its root holds.
void IndexTree::open_blocks(const NtfsNode& node, std::u16string_view name) {
  const std::uint32_t cluster_size = volume_->geometry().cluster_size;
  vcn_unit_ = info_.block_size >= cluster_size ? cluster_size : layout::index_vcn_unit;
  const AttributeChain* const blocks = node.find(layout::attribute_type::index_allocation, name);
  if (blocks == nullptr) {
    return;
  }
  Result<SourcePtr> source = open_attribute(node, *blocks);
  if (!source) {
    blocks_error_ = source.error();
    return;
  }
  blocks_ = std::move(source).take();
  find_mapped(node, *blocks);
  Result<std::vector<std::byte>> bits = read_bitmap(node, name);
  if (bits) {
    bitmap_ = std::move(bits).take();
    bitmap_usable_ = true;
  } else {
    volume_->findings().add("index-bitmap-damaged", owner_.record(),
                            std::move(bits.error()).context(describe_));
  }
}

/// The size of the stream is no promise: blocks are where clusters are. Windows makes no index with
/// holes, so that an index larger than its volume has none of its blocks behind that size either.
void IndexTree::find_mapped(const NtfsNode& node, const AttributeChain& blocks) {
  const std::uint64_t block_size = info_.block_size;
  const std::uint64_t max_blocks = std::min(blocks_->size(), volume_->source().size()) / block_size;
  if (blocks.head.resident) {
    mapped_.push_back({.first = 0, .end = max_blocks});
    block_count_ = max_blocks;
    return;
  }
  const std::uint64_t cluster_size = volume_->geometry().cluster_size;
  const RunList runs = load_runs(node, blocks);
  for (const Run& run : runs.runs()) {
    const std::uint64_t first = run.vcn * cluster_size / block_size;
    const std::uint64_t last = ((run.vcn + run.length) * cluster_size - 1) / block_size;
    const std::uint64_t end = std::min(last + 1, max_blocks);
    if (run.sparse || first >= end) {
      continue;
    }
    if (!mapped_.empty() && first <= mapped_.back().end) {
      mapped_.back().end = end;  // a block of several runs, or runs that follow each other
    } else {
      mapped_.push_back({.first = first, .end = end});
    }
    block_count_ = end;
  }
}

/// One bit a block; what the stream may have more means nothing.
Result<std::vector<std::byte>> IndexTree::read_bitmap(const NtfsNode& node,
                                                      std::u16string_view name) const {
  const AttributeChain* const bitmap =
      CASEMENT_TRY(node.require(layout::attribute_type::bitmap, name));
  const SourcePtr source = CASEMENT_TRY(open_attribute(node, *bitmap));
  const std::uint64_t size = std::min((block_count_ + 7) / 8, source->size());
  if (size > volume_->limits().max_table_size) {
    return fail(Status::limit_exceeded, fmt::format("$BITMAP: {} bytes, the limit is {}", size,
                                                    volume_->limits().max_table_size));
  }
  std::vector<std::byte> bits(static_cast<std::size_t>(size));
  CASEMENT_TRY(source->read(0, bits));
  return bits;
}

std::uint64_t IndexTree::block_vcn(std::uint64_t block) const noexcept {
  return block * (info_.block_size / vcn_unit_);
}

bool IndexTree::is_live(std::uint64_t block) const noexcept {
  if (!bitmap_usable_) {
    return true;
  }
  const std::uint64_t byte = block / 8;
  return byte < bitmap_.size() &&
         ((std::to_integer<unsigned>(bitmap_[static_cast<std::size_t>(byte)]) >> (block % 8)) &
          1) != 0;
}

std::optional<std::uint64_t> IndexTree::next_live(std::uint64_t block) const noexcept {
  auto range = std::ranges::upper_bound(mapped_, block, {}, &BlockRange::end);
  for (; range != mapped_.end(); ++range) {
    for (block = std::max(block, range->first); block < range->end; ++block) {
      if (is_live(block)) {
        return block;
      }
      const std::uint64_t byte = block / 8;
      if (byte >= bitmap_.size()) {
        return std::nullopt;
      }
      if (bitmap_[static_cast<std::size_t>(byte)] == std::byte{0}) {
        block |= 7;  // none of these eight
      }
    }
  }
  return std::nullopt;
}

Result<IndexNodePtr> IndexTree::load(std::uint64_t vcn) const {
  const auto describe = [&] { return describe_; };
  if (blocks_error_) {
    return std::unexpected(Error(*blocks_error_).context(describe_));
  }
  const std::uint32_t step = info_.block_size / vcn_unit_;
  if (vcn % step != 0 || vcn / step >= block_count_) {
    return fail(Status::corrupt, fmt::format("{}: no block at VCN 0x{:X}; there are {} of {} bytes",
                                             describe_, vcn, block_count_, info_.block_size));
  }
  std::vector<std::byte> block(info_.block_size);
  CASEMENT_TRY(blocks_->read(vcn / step * info_.block_size, block).with_context(describe));
  IndexNode node =
      CASEMENT_TRY(IndexNode::parse_block(std::move(block), vcn, kind_).with_context(describe));
  if (node.torn()) {
    volume_->findings().add(
        Severity::warning, "index-block-torn", owner_.record(),
        fmt::format("{}: block at VCN 0x{:X} was not written at once", describe_, vcn));
  }
  return std::make_shared<const IndexNode>(std::move(node));
}

IndexCursor::IndexCursor(IndexTreePtr tree) : tree_(std::move(tree)) {
  levels_.push_back({tree_->root()});
}

Result<void> IndexCursor::enter(std::uint64_t vcn) {
  if (!visited_.insert(vcn).second) {
    return fail(Status::corrupt, fmt::format("index block at VCN 0x{:X} is met twice", vcn));
  }
  levels_.push_back({CASEMENT_TRY(tree_->load(vcn))});
  return {};
}

Result<void> IndexCursor::seek(const Compare& compare) {
  levels_.clear();
  visited_.clear();
  levels_.push_back({tree_->root()});
  while (true) {
    Level& level = levels_.back();
    const std::size_t size = level.node->size();
    std::optional<std::uint64_t> child;
    for (; level.index < size; ++level.index) {
      const IndexEntry entry = level.node->entry(level.index);
      if (entry.last || compare(entry.key) >= 0) {
        child = entry.child;
        break;
      }
    }
    if (level.index == size && level.node->damage()) {
      return std::unexpected(*level.node->damage());
    }
    if (!child) {
      return {};
    }
    level.entered_child = true;
    CASEMENT_TRY(enter(*child));
  }
}

Result<std::optional<IndexEntry>> IndexCursor::next() {
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.index == level.node->size()) {
      const IndexNodePtr node = level.node;
      levels_.pop_back();
      if (node->damage()) {
        return std::unexpected(*node->damage());
      }
      continue;
    }
    const IndexEntry entry = level.node->entry(level.index);
    if (entry.child && !level.entered_child) {
      level.entered_child = true;
      CASEMENT_TRY(enter(*entry.child));
      continue;
    }
    ++level.index;
    level.entered_child = false;
    if (!entry.last) {
      return std::optional(entry);
    }
  }
  return std::optional<IndexEntry>();
}

}  // namespace casement::ntfs
