// SPDX-License-Identifier: Apache-2.0
// Directories and files of an ISO 9660 volume for callers.
#include "vfs/iso9660/iso9660_file_system.h"

#include <fmt/format.h>

#include <string>

#include "vfs/fs/main_stream.h"

namespace casement {
namespace {

/// In whole blocks, section by section.
std::uint64_t allocated_size(const Iso9660Node& node, std::uint32_t block_size) noexcept {
  std::uint64_t sum = 0;
  for (const Iso9660Section& section : node.sections) {
    sum += (std::uint64_t{section.size} + block_size - 1) / block_size * block_size;
  }
  return sum;
}

}  // namespace

FileSystemInfo Iso9660FileSystem::info() const {
  const Iso9660Tree& tree = volume_->tree();
  FileSystemInfo info;
  info.version = "ISO 9660";
  switch (tree.names) {
    case Iso9660Names::joliet:
      info.version += fmt::format(" with Joliet level {}", tree.joliet_level);
      break;
    case Iso9660Names::rock_ridge:
      info.version += " with Rock Ridge";
      break;
    case Iso9660Names::enhanced:
      info.version += ":1999";
      break;
    case Iso9660Names::primary:
      break;
  }
  info.label = tree.label;
  info.cluster_size = tree.block_size;
  info.size = std::uint64_t{tree.block_count} * tree.block_size;
  return info;
}

Result<NodeInfo> Iso9660FileSystem::stat(NodeId id) const {
  const Iso9660Node node = CASEMENT_TRY(volume_->node(id));
  NodeInfo info;
  info.kind = node.directory ? NodeKind::directory : NodeKind::file;
  info.attributes = node.directory ? file_attribute::directory : file_attribute::read_only;
  info.attributes |= node.hidden ? file_attribute::hidden : 0;
  info.size = node.directory ? 0 : node.size();
  info.allocated_size = allocated_size(node, volume_->tree().block_size);
  info.created = node.created;
  info.modified = node.modified;
  info.changed = node.changed;
  info.accessed = node.accessed;
  return info;
}

Result<std::unique_ptr<DirReader>> Iso9660FileSystem::read_dir(NodeId dir) const {
  return make_dir_reader(CASEMENT_TRY(volume_->directory(dir)));
}

Result<std::optional<DirEntry>> Iso9660FileSystem::lookup(NodeId dir,
                                                          std::u16string_view name) const {
  return CASEMENT_TRY(volume_->directory(dir))->find(name);
}

Result<std::vector<StreamInfo>> Iso9660FileSystem::streams(NodeId id) const {
  return main_stream_of(CASEMENT_TRY(stat(id)));
}

Result<SourcePtr> Iso9660FileSystem::open(NodeId id, std::u16string_view stream) const {
  const Iso9660Node node = CASEMENT_TRY(volume_->node(id));
  CASEMENT_TRY(check_main_stream(node.directory ? NodeKind::directory : NodeKind::file, stream,
                                 *volume_->source(), "ISO 9660"));
  return volume_->content(node);
}

Result<std::vector<std::byte>> Iso9660FileSystem::reparse_data(NodeId /*node*/) const {
  return fail(Status::not_a_reparse_point, "ISO 9660 has no reparse points");
}

Result<std::vector<std::byte>> Iso9660FileSystem::security_descriptor(NodeId /*node*/) const {
  return std::vector<std::byte>();
}

}  // namespace casement
