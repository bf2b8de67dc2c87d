// SPDX-License-Identifier: Apache-2.0
// Parsing index nodes.
#include "vfs/ntfs/index_block.h"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "vfs/ntfs/fixup.h"
#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

/// Windows makes blocks of 4096 bytes, and others only on request; larger ones than 64 KiB could
/// not be protected by an update sequence of 16-bit count and offset.
constexpr std::uint32_t min_block_size = 512;
constexpr std::uint32_t max_block_size = 0x1'0000;

}  // namespace

IndexNode::IndexNode(std::vector<std::byte> bytes, IndexKind kind)
    : bytes_(std::move(bytes)), kind_(kind) {}

Result<IndexNode> IndexNode::parse_root(std::vector<std::byte> value, IndexKind kind) {
  IndexNode node(std::move(value), kind);
  CASEMENT_TRY(node.parse(layout::index_root_node_offset).with_context([] {
    return std::string("index root");
  }));
  return node;
}

Result<IndexNode> IndexNode::parse_block(std::vector<std::byte> block, std::uint64_t vcn,
                                         IndexKind kind) {
  const FixupReport report = CASEMENT_TRY(apply_fixups(block, {'I', 'N', 'D', 'X'}, 0));
  const auto header = CASEMENT_TRY(load<layout::IndexBlock>(block, 0, "index block"));
  if (header.vcn.value() != vcn) {
    return fail(Status::corrupt, fmt::format("index block at VCN 0x{:X} says that it is VCN 0x{:X}",
                                             vcn, header.vcn.value()));
  }
  IndexNode node(std::move(block), kind);
  node.torn_ = report.torn();
  CASEMENT_TRY(node.parse(layout::index_block_node_offset).with_context([&] {
    return fmt::format("index block at VCN 0x{:X}", vcn);
  }));
  return node;
}

Bytes IndexNode::entries() const noexcept {
  return Bytes(bytes_).subspan(first_, end_ - first_);
}

Result<void> IndexNode::parse(std::size_t header_offset) {
  const auto header =
      CASEMENT_TRY(load<layout::IndexNodeHeader>(bytes_, header_offset, "index node header"));
  const std::uint32_t first = header.entries_offset.value();
  const std::uint32_t used = header.used_size.value();
  const std::size_t room = bytes_.size() - header_offset;
  if (first < sizeof(layout::IndexNodeHeader) || first > used || used > room) {
    return fail(Status::corrupt,
                fmt::format("index node: entries from {} to {}, in {} bytes", first, used, room));
  }
  first_ = header_offset + first;
  end_ = header_offset + used;
  std::uint64_t offset = 0;
  while (true) {
    const Result<IndexEntry> entry = parse_index_entry(entries(), offset, kind_);
    if (!entry) {
      damage_ = entry.error();
      return {};
    }
    offsets_.push_back(static_cast<std::uint32_t>(offset));
    if (entry->last) {
      return {};
    }
    offset += entry->size;
  }
}

IndexEntry IndexNode::entry(std::size_t index) const {
  // It was parsed before, so it cannot fail now.
  return *parse_index_entry(entries(), offsets_[index], kind_);
}

Result<IndexRootInfo> parse_index_root(Bytes value) {
  const auto root = CASEMENT_TRY(load<layout::IndexRoot>(value, 0, "index root"));
  IndexRootInfo info;
  info.indexed_type = root.indexed_type.value();
  info.collation = root.collation.value();
  info.block_size = root.block_size.value();
  if (!std::has_single_bit(info.block_size) || info.block_size < min_block_size ||
      info.block_size > max_block_size) {
    return fail(Status::corrupt,
                fmt::format("index root: blocks of {} bytes, expected a power of two from {} to {}",
                            info.block_size, min_block_size, max_block_size));
  }
  return info;
}

}  // namespace casement::ntfs
