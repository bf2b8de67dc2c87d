// SPDX-License-Identifier: Apache-2.0
// What a mount gives of a node that was found: bytes, attributes; and of its volumes.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "tools/casement/fuse/mount_tree.h"
#include "vfs/source/memory_source.h"

namespace casement::cli {

Result<SourcePtr> MountTree::open(InodeNumber number) const {
  const Inode inode = CASEMENT_TRY(inode_of(number));
  if (inode.kind != InodeKind::file) {
    return fail(Status::unsupported, fmt::format("inode {} is no file", number));
  }
  if (!inode.stream.empty()) {
    return file_system(inode).open(inode.node, inode.stream);
  }
  const NodeInfo info = CASEMENT_TRY(file_system(inode).stat(inode.node));
  if (info.content == ContentKind::encrypted) {
    return fail(Status::access_denied, "encrypted (EFS), and there is no key");
  }
  if (info.kind == NodeKind::reparse_point) {
    return fail(Status::unsupported,
                fmt::format("what reparse tag 0x{:08x} stands for", info.reparse_tag));
  }
  auto source = file_system(inode).open(inode.node, {});
  if (!source && source.error().status() == Status::not_found && info.size == 0) {
    // Some files of NTFS itself have named streams alone. A file that is there can be opened.
    return make_memory_source({}, "no stream");
  }
  return source;
}

Result<AttributedNode> MountTree::attributed(InodeNumber number) const {
  Inode inode = CASEMENT_TRY(inode_of(number));
  return AttributedNode{.file_system = &file_system(inode),
                        .node = inode.node,
                        .short_name = std::move(inode.short_name)};
}

Result<std::optional<std::vector<std::byte>>> MountTree::attribute(InodeNumber number,
                                                                   std::string_view name) const {
  if (is_top(number)) {
    return std::optional<std::vector<std::byte>>();
  }
  return read_attribute(CASEMENT_TRY(attributed(number)), name);
}

Result<std::vector<std::string>> MountTree::attributes(InodeNumber number) const {
  if (is_top(number)) {
    return std::vector<std::string>();
  }
  return list_attributes(CASEMENT_TRY(attributed(number)));
}

TreeSize MountTree::size() const {
  TreeSize size;
  std::uint64_t bytes = 0;
  for (const MountedVolume& volume : layout_.volumes) {
    const FileSystemInfo info = volume.file_system->info();
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - bytes;
    bytes += std::min(info.size, room);
    if (layout_.volumes.size() == 1 && info.cluster_size != 0) {
      size.block_size = info.cluster_size;
    }
  }
  size.blocks = bytes / size.block_size;
  return size;
}

void MountTree::tell_new_findings() const {
  for (std::size_t i = 0; i < layout_.volumes.size(); ++i) {
    const Diagnostics now = layout_.volumes[i].file_system->diagnostics();
    // A file system only ever appends to its list.
    for (std::size_t at = known_findings_[i]; at < now.items().size(); ++at) {
      if (now.items()[at].severity != Severity::note && now.items()[at].code != "ambiguous-case") {
        findings_(now.items()[at].text);
      }
    }
  }
}

}  // namespace casement::cli
