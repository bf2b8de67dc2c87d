// SPDX-License-Identifier: Apache-2.0
// Lookups, listings and contents of a mount.
#include "tools/casement/fuse/mount_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "tools/casement/fuse/file_name.h"
#include "tools/casement/fuse/node_facts.h"
#include "vfs/core/limits.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

Inode root_of(const MountLayout& layout) {
  return {.kind = InodeKind::directory,
          .volume = 0,
          .node = layout.volumes.front().file_system->root(),
          .short_name = {},
          .stream = {}};
}

/// The directories of the volumes, as entries.
class VolumeReader final : public DirReader {
 public:
  explicit VolumeReader(const MountLayout& layout) : layout_(layout) {}

  Result<std::optional<DirEntry>> next() override {
    if (at_ == layout_.volumes.size()) {
      return std::optional<DirEntry>();
    }
    const MountedVolume& volume = layout_.volumes[at_++];
    DirEntry entry;
    entry.name = from_utf8(volume.name).value_or(std::u16string());
    entry.node = volume.file_system->root();
    entry.kind = NodeKind::directory;
    return std::optional(std::move(entry));
  }

 private:
  const MountLayout& layout_;
  std::size_t at_ = 0;
};

bool same_name(std::u16string_view a, std::u16string_view b, bool case_sensitive) {
  return case_sensitive ? a == b : equals_folded(a, b);
}

}  // namespace

MountTree::MountTree(MountLayout layout, const TreeOptions& options, FindingSink findings)
    : layout_(std::move(layout)),
      options_(options),
      findings_(std::move(findings)),
      inodes_(layout_.one_directory_each ? Inode{.kind = InodeKind::directory,
                                                 .volume = layout_.volumes.size(),
                                                 .node = {},
                                                 .short_name = {},
                                                 .stream = {}}
                                         : root_of(layout_)) {
  for (const MountedVolume& volume : layout_.volumes) {
    known_findings_.push_back(volume.file_system->diagnostics().items().size());
  }
}

Result<Inode> MountTree::inode_of(InodeNumber number) const {
  auto inode = inodes_.find(number);
  if (!inode) {
    return fail(Status::not_found, fmt::format("inode {} is not known", number));
  }
  return *std::move(inode);
}

Result<Inode> MountTree::directory_of(InodeNumber number) const {
  Inode inode = CASEMENT_TRY(inode_of(number));
  if (inode.kind != InodeKind::directory) {
    return fail(Status::not_a_directory, fmt::format("inode {} is no directory", number));
  }
  return inode;
}

std::optional<Inode> MountTree::volume_named(std::string_view file_name) const {
  const auto name = from_file_name(file_name);
  for (std::size_t i = 0; name && i < layout_.volumes.size(); ++i) {
    const MountedVolume& volume = layout_.volumes[i];
    if (same_name(from_utf8(volume.name).value_or(std::u16string()), *name,
                  options_.case_sensitive)) {
      return Inode{.kind = InodeKind::directory,
                   .volume = i,
                   .node = volume.file_system->root(),
                   .parent = root_inode,
                   .depth = 1,
                   .short_name = {},
                   .stream = {}};
    }
  }
  return std::nullopt;
}

Result<std::optional<DirEntry>> MountTree::find_entry(const Inode& directory,
                                                      const std::u16string& name) const {
  const auto find = [&](const std::u16string& wanted) -> Result<std::optional<DirEntry>> {
    auto entry = CASEMENT_TRY(file_system(directory).lookup(directory.node, wanted));
    if (entry && options_.case_sensitive && entry->name != wanted) {
      entry.reset();
    }
    return entry;
  };
  auto entry = CASEMENT_TRY(find(name));
  if (!entry) {
    if (const auto other = unescaped_name(name)) {
      entry = CASEMENT_TRY(find(*other));
    }
  }
  return entry;
}

Result<Inode> MountTree::child(InodeNumber number, const Inode& directory,
                               const DirEntry& entry) const {
  if (directory.depth >= Limits().max_path_depth) {
    return fail(Status::too_many_links,
                fmt::format("more than {} directories in each other", Limits().max_path_depth));
  }
  const NodeInfo info = CASEMENT_TRY(file_system(directory).stat(entry.node));
  return Inode{.kind = kind_of(info),
               .volume = directory.volume,
               .node = entry.node,
               .parent = number,
               .depth = directory.depth + 1,
               .short_name = to_wtf8(entry.short_name),
               .stream = {}};
}

Result<std::optional<Inode>> MountTree::find_stream(InodeNumber number, const Inode& directory,
                                                    const std::u16string& name) const {
  const std::size_t colon = name.find(u':');
  if (!options_.windows_streams || colon == std::u16string::npos || colon == 0) {
    return std::optional<Inode>();
  }
  const auto entry = CASEMENT_TRY(find_entry(directory, name.substr(0, colon)));
  if (!entry) {
    return std::optional<Inode>();
  }
  const std::u16string_view wanted = std::u16string_view(name).substr(colon + 1);
  for (StreamInfo& stream : CASEMENT_TRY(file_system(directory).streams(entry->node))) {
    if (!stream.name.empty() && same_name(stream.name, wanted, options_.case_sensitive)) {
      Inode inode = CASEMENT_TRY(child(number, directory, *entry));
      inode.kind = InodeKind::file;
      inode.stream = std::move(stream.name);
      return std::optional(std::move(inode));
    }
  }
  return std::optional<Inode>();
}

Result<EnteredNode> MountTree::enter_inode(const Inode& inode) {
  // The facts first: a failure must leave nothing counted.
  const struct stat facts = CASEMENT_TRY(facts_of(inode));
  return EnteredNode{.number = CASEMENT_TRY(inodes_.acquire(inode)), .facts = facts};
}

Result<std::optional<EnteredNode>> MountTree::lookup(InodeNumber directory,
                                                     std::string_view file_name) {
  std::optional<Inode> inode;
  if (is_top(directory)) {
    inode = volume_named(file_name);
  } else {
    const Inode parent = CASEMENT_TRY(directory_of(directory));
    const auto name = from_file_name(file_name);
    if (!name) {
      return std::optional<EnteredNode>();
    }
    const auto entry = CASEMENT_TRY(find_entry(parent, *name));
    if (entry) {
      inode = CASEMENT_TRY(child(directory, parent, *entry));
    } else {
      inode = CASEMENT_TRY(find_stream(directory, parent, *name));
    }
  }
  if (!inode) {
    return std::optional<EnteredNode>();
  }
  return std::optional(CASEMENT_TRY(enter_inode(*inode)));
}

Result<EnteredNode> MountTree::enter(InodeNumber directory, const ListedEntry& listed) {
  if (is_top(directory)) {
    const auto volume = volume_named(listed.file_name);
    if (!volume) {
      return fail(Status::not_found, fmt::format("no volume {}", listed.file_name));
    }
    return enter_inode(*volume);
  }
  const Inode parent = CASEMENT_TRY(directory_of(directory));
  return enter_inode(CASEMENT_TRY(child(directory, parent, listed.entry)));
}

Result<struct stat> MountTree::facts_of(const Inode& inode) const {
  NodeInfo info = CASEMENT_TRY(file_system(inode).stat(inode.node));
  if (info.link_count == 0) {
    info.link_count = CASEMENT_TRY(file_system(inode).link_count(inode.node));
  }
  if (!inode.stream.empty()) {
    const SourcePtr source = CASEMENT_TRY(file_system(inode).open(inode.node, inode.stream));
    info.size = source->size();
    info.allocated_size = 0;
  }
  if (info.size > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max())) {
    return fail(Status::corrupt, fmt::format("a size of {} bytes", info.size));
  }
  struct stat facts = to_stat(inode.kind, info);
  facts.st_ino = casement::cli::shown_number(inode.volume, inode.node);
  facts.st_uid = options_.owner;
  facts.st_gid = options_.group;
  if (inode.kind == InodeKind::link) {
    const auto text =
        symlink_text(layout_, {.volume = inode.volume, .depth = inode.depth - 1}, inode.node);
    facts.st_size = text ? static_cast<off_t>(text->size()) : 0;
  }
  return facts;
}

Result<struct stat> MountTree::facts(InodeNumber number) const {
  if (is_top(number)) {
    struct stat facts = synthetic_directory();
    facts.st_uid = options_.owner;
    facts.st_gid = options_.group;
    return facts;
  }
  return facts_of(CASEMENT_TRY(inode_of(number)));
}

Result<std::string> MountTree::symlink(InodeNumber number) const {
  const Inode inode = CASEMENT_TRY(inode_of(number));
  if (inode.kind != InodeKind::link) {
    return fail(Status::not_a_reparse_point, fmt::format("inode {} is no link", number));
  }
  return symlink_text(layout_, {.volume = inode.volume, .depth = inode.depth - 1}, inode.node);
}

Result<std::unique_ptr<DirectoryList>> MountTree::list(InodeNumber directory) const {
  if (is_top(directory)) {
    return std::make_unique<DirectoryList>(std::make_unique<VolumeReader>(layout_), findings_);
  }
  const Inode inode = CASEMENT_TRY(directory_of(directory));
  auto reader = CASEMENT_TRY(file_system(inode).read_dir(inode.node));
  return std::make_unique<DirectoryList>(std::move(reader), findings_);
}

std::uint64_t MountTree::shown_number(InodeNumber directory, const DirEntry& entry) const {
  if (is_top(directory)) {
    for (std::size_t i = 0; i < layout_.volumes.size(); ++i) {
      if (from_utf8(layout_.volumes[i].name) == entry.name) {
        return casement::cli::shown_number(i, entry.node);
      }
    }
  }
  const auto inode = inodes_.find(directory);
  return casement::cli::shown_number(inode ? inode->volume : 0, entry.node);
}

}  // namespace casement::cli
