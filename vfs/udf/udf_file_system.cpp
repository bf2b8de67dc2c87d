// SPDX-License-Identifier: Apache-2.0
// Directories, files and streams of a UDF volume for callers.
#include "vfs/udf/udf_file_system.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <variant>

#include "vfs/udf/udf_file_layout.h"
#include "vfs/udf/udf_values.h"

namespace casement {
namespace {

namespace icb_flag = udf_layout::icb_flag;

std::uint32_t attributes_of(const UdfEntry& entry, bool hidden) noexcept {
  std::uint32_t attributes = 0;
  attributes |= entry.is_directory() ? file_attribute::directory : 0;
  attributes |= hidden ? file_attribute::hidden : 0;
  attributes |= (entry.flags & icb_flag::archive) != 0 ? file_attribute::archive : 0;
  attributes |= (entry.flags & icb_flag::system) != 0 ? file_attribute::system : 0;
  const bool nobody_writes = (entry.permissions & udf_layout::write_permissions) == 0;
  attributes |= nobody_writes && !entry.is_directory() ? file_attribute::read_only : 0;
  return attributes == 0 ? file_attribute::normal : attributes;
}

}  // namespace

FileSystemInfo UdfFileSystem::info() const {
  const UdfDescriptors& descriptors = volume_->descriptors();
  FileSystemInfo info;
  const unsigned revision = descriptors.revision;
  info.version =
      revision == 0 ? "UDF" : fmt::format("UDF {:x}.{:02x}", revision >> 8, revision & 0xFFU);
  info.label = from_udf_field(descriptors.logical.identifier);
  info.serial = volume_->serial();
  info.cluster_size = descriptors.block_size;
  for (const auto& partition : descriptors.partitions) {
    info.size += std::uint64_t{partition.length.value()} * volume_->anchor().sector_size;
  }
  info.dirty = volume_->is_being_written();
  return info;
}

std::uint64_t UdfFileSystem::allocated(const UdfEntry& entry) const noexcept {
  // More blocks than the volume has say nothing.
  const std::uint64_t block_size = volume_->descriptors().block_size;
  return entry.blocks <= volume_->source()->size() / block_size ? entry.blocks * block_size : 0;
}

Result<NodeInfo> UdfFileSystem::stat(NodeId node) const {
  const UdfEntry entry = CASEMENT_TRY(volume_->entry(node));
  NodeInfo info;
  info.kind = entry.is_directory() ? NodeKind::directory : NodeKind::file;
  info.attributes = attributes_of(entry, from_node_id(node).hidden);
  info.link_count = entry.link_count;
  info.size = entry.is_directory() ? 0 : entry.size;
  info.allocated_size = allocated(entry);
  info.created = entry.created;
  info.modified = entry.modified;
  info.changed = entry.changed;
  info.accessed = entry.accessed;
  return info;
}

Result<std::unique_ptr<DirReader>> UdfFileSystem::read_dir(NodeId dir) const {
  return make_dir_reader(CASEMENT_TRY(volume_->directory(dir)));
}

Result<std::optional<DirEntry>> UdfFileSystem::lookup(NodeId dir, std::u16string_view name) const {
  return CASEMENT_TRY(volume_->directory(dir))->find(name);
}

Result<std::vector<StreamInfo>> UdfFileSystem::streams(NodeId node) const {
  const UdfEntry entry = CASEMENT_TRY(volume_->entry(node));
  std::vector<StreamInfo> streams;
  if (!entry.is_directory()) {
    streams.push_back({{}, entry.size, allocated(entry)});
  }
  const DirListingPtr named = CASEMENT_TRY(volume_->streams(entry));
  if (!named) {
    return streams;
  }
  for (const DirListing::Item& item : named->items()) {
    if (const auto* error = std::get_if<Error>(&item)) {
      volume_->findings().add("udf-streams", node.value, *error);
      continue;
    }
    const auto& stream = std::get<DirEntry>(item);
    const auto found = volume_->entry(stream.node);
    if (!found) {
      volume_->findings().add("udf-streams", stream.node.value, found.error());
      continue;
    }
    streams.push_back({stream.name, found->size, allocated(*found)});
  }
  return streams;
}

Result<SourcePtr> UdfFileSystem::open(NodeId node, std::u16string_view stream) const {
  const UdfEntry entry = CASEMENT_TRY(volume_->entry(node));
  if (stream.empty()) {
    if (entry.is_directory()) {
      return fail(Status::not_found,
                  fmt::format("{}: a directory has no main stream", volume_->source()->describe()));
    }
    return volume_->content(entry);
  }
  const DirListingPtr named = CASEMENT_TRY(volume_->streams(entry));
  const std::optional<DirEntry> found =
      named ? CASEMENT_TRY(named->find(stream)) : std::optional<DirEntry>();
  if (!found) {
    return fail(Status::not_found,
                fmt::format("{}: the file entry in {} has no such stream",
                            volume_->source()->describe(), to_string(entry.place)));
  }
  return volume_->content(CASEMENT_TRY(volume_->entry(found->node)));
}

Result<std::vector<std::byte>> UdfFileSystem::reparse_data(NodeId /*node*/) const {
  return fail(Status::not_a_reparse_point, "UDF has no reparse points");
}

Result<std::vector<std::byte>> UdfFileSystem::security_descriptor(NodeId /*node*/) const {
  return std::vector<std::byte>();
}

}  // namespace casement
