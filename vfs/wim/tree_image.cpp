// SPDX-License-Identifier: Apache-2.0
// Opening the metadata, and finding entries in it.
#include "vfs/wim/tree_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "vfs/wim/metadata_loader.h"

namespace casement::wim {
namespace {

/// Bytes of directory indexes that are kept: those of WinSxS and System32 take one.
constexpr std::uint64_t max_index_bytes = std::uint64_t{8} << 20;

Result<Dentry> read_root(const SourcePtr& metadata, std::uint64_t offset) {
  MetadataWindow view(metadata, MetadataWindow::entry_window);
  const auto root = CASEMENT_TRY(read_dentry(view, offset));
  if (!root) {
    return fail(Status::corrupt, fmt::format("nothing at 0x{:x} of the metadata", offset));
  }
  if (root->kind() != NodeKind::directory) {
    return fail(Status::corrupt,
                fmt::format("the entry at 0x{:x} of the metadata has attributes 0x{:x}: no "
                            "directory",
                            offset, root->attributes));
  }
  return *root;
}

}  // namespace

TreeImage::TreeImage(ImageParts parts, const Limits& limits, SecurityTable security,
                     const Dentry& root)
    : parts_(std::move(parts)),
      limits_(limits),
      security_(std::move(security)),
      root_(root),
      indexes_(std::min(max_index_bytes, limits.max_cache_size)) {}

Result<TreeImagePtr> TreeImage::open(ImageParts parts, const Limits& limits) {
  const auto context = [&] { return fmt::format("{}: its metadata", parts.where); };
  if (parts.metadata->size() > max_metadata_size) {
    return fail(Status::limit_exceeded, fmt::format("{}: {} bytes, at most {} are read", context(),
                                                    parts.metadata->size(), max_metadata_size));
  }
  SecurityTable security =
      CASEMENT_TRY(SecurityTable::open(parts.metadata, limits).with_context(context));
  const Dentry root = CASEMENT_TRY(read_root(parts.metadata, security.end()).with_context([&] {
    return fmt::format("{}: the root directory", parts.where);
  }));
  return TreeImagePtr(new TreeImage(std::move(parts), limits, std::move(security), root));
}

Result<Dentry> TreeImage::dentry(MetadataView& view, NodeId node) const {
  if (node.value == root_.offset) {
    return root_;
  }
  const auto found =
      CASEMENT_TRY(read_dentry(view, node.value).with_context([this] { return parts_.where; }));
  if (!found) {
    return fail(Status::invalid_argument,
                fmt::format("{}: no entry at 0x{:x} of the metadata", parts_.where, node.value));
  }
  return *found;
}

Result<std::optional<Dentry>> TreeImage::find(const Dentry& dir, std::u16string_view name,
                                              DentryText& text) const {
  if (dir.subdir_offset == 0) {
    return std::optional<Dentry>();
  }
  const DirectoryIndexPtr index = indexes_.get(dir.subdir_offset, [&] {
    MetadataWindow view(parts_.metadata, MetadataWindow::directory_window);
    return DirectoryIndex::build(view, dir.subdir_offset, limits_, findings_);
  });
  MetadataWindow view(parts_.metadata, MetadataWindow::entry_window);
  return index->find(view, name, text, findings_).with_context([this] { return parts_.where; });
}

const LinkCounts& TreeImage::links() const {
  std::call_once(links_once_, [this] {
    LoadedMetadata view(parts_.metadata);
    links_ = LinkCounts::count(view, root_.subdir_offset);
  });
  return links_;
}

const LinkCounts& TreeImage::links(MetadataView& view) const {
  std::call_once(links_once_, [&] { links_ = LinkCounts::count(view, root_.subdir_offset); });
  return links_;
}

}  // namespace casement::wim
