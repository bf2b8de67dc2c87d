// SPDX-License-Identifier: Apache-2.0
// The questions of the FileSystem interface, answered by the parts.
#include "vfs/ntfs/file_system.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/ntfs/content.h"
#include "vfs/ntfs/node.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/scan.h"
#include "vfs/ntfs/stream.h"
#include "vfs/ntfs/upcase_table.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

/// Security descriptors are at most 64 KiB: their length fields have 16 bits.
constexpr std::uint64_t max_descriptor_size = 0x1'0000;

Result<UpcaseTable> read_upcase(const NtfsVolumePtr& volume) {
  const NtfsNode node =
      CASEMENT_TRY(NtfsNode::read(volume, FileReference::make(layout::metadata_record::upcase, 0)));
  const AttributeChain* const chain = CASEMENT_TRY(node.require(layout::attribute_type::data, u""));
  return UpcaseTable::parse(CASEMENT_TRY(read_attribute(node, *chain, UpcaseTable::stream_size)));
}

/// The root as its record names it; by its number alone when that cannot be read.
FileReference find_root(const NtfsVolumePtr& volume) {
  constexpr std::uint64_t number = layout::metadata_record::root;
  const Result<FileRecord> record = volume->mft().read_record(number);
  if (!record) {
    volume->findings().add("root-damaged", number, record.error());
  }
  return FileReference::make(number, record ? record->sequence() : std::uint16_t{number});
}

NodeInfo unknown_directory() {
  NodeInfo info;
  info.kind = NodeKind::directory;
  info.attributes = file_attribute::directory;
  return info;
}

}  // namespace

NtfsFileSystem::NtfsFileSystem(NtfsVolumePtr volume, FileReference root)
    : volume_(std::move(volume)),
      root_(root),
      volume_info_(read_volume_info(volume_)),
      directories_(volume_, std::make_shared<const ParentMap>(volume_)),
      security_(volume_) {}

Result<std::shared_ptr<const NtfsFileSystem>> NtfsFileSystem::open(SourcePtr source,
                                                                   const Limits& limits) {
  const std::shared_ptr<NtfsVolume> volume =
      CASEMENT_TRY(NtfsVolume::open(std::move(source), limits));
  // Reading nodes needs no upcase table, so that the volume may be used for finding its own.
  const Result<UpcaseTable> upcase = read_upcase(volume);
  if (!upcase) {
    volume->findings().add("upcase-damaged", layout::metadata_record::upcase, upcase.error());
  }
  volume->set_upcase(upcase ? *upcase : UpcaseTable::built_in());
  return std::shared_ptr<const NtfsFileSystem>(new NtfsFileSystem(volume, find_root(volume)));
}

Diagnostics NtfsFileSystem::diagnostics() const {
  return volume_->findings().snapshot();
}

FileSystemInfo NtfsFileSystem::info() const {
  const NtfsGeometry& geometry = volume_->geometry();
  FileSystemInfo info;
  info.version =
      volume_info_.major_version == 0
          ? "NTFS"
          : fmt::format("NTFS {}.{}", volume_info_.major_version, volume_info_.minor_version);
  info.label = volume_info_.label;
  info.serial = geometry.serial;
  info.cluster_size = geometry.cluster_size;
  info.size = geometry.volume_size;
  info.start_sector = geometry.hidden_sectors;
  info.dirty = volume_info_.dirty();
  return info;
}

Result<NtfsNode> NtfsFileSystem::node(NodeId id) const {
  return NtfsNode::read(volume_, FileReference::from_node(id));
}

Result<NodeInfo> NtfsFileSystem::stat(NodeId id) const {
  const Result<NtfsNode> found = node(id);
  if (!found) {
    if (id == root()) {
      return unknown_directory();  // its names can still be had
    }
    return std::unexpected(found.error());
  }
  return node_info(*found);
}

Result<std::unique_ptr<DirReader>> NtfsFileSystem::read_dir(NodeId dir) const {
  return CASEMENT_TRY(directories_.get(FileReference::from_node(dir)))->read();
}

Result<std::optional<DirEntry>> NtfsFileSystem::lookup(NodeId dir, std::u16string_view name) const {
  return CASEMENT_TRY(directories_.get(FileReference::from_node(dir)))->lookup(name);
}

Result<std::vector<StreamInfo>> NtfsFileSystem::streams(NodeId id) const {
  const NtfsNode found = CASEMENT_TRY(node(id));
  std::vector<StreamInfo> streams;
  for (const AttributeChain& chain : found.attributes()) {
    const Attribute& head = chain.head;
    if (head.type != layout::attribute_type::data ||
        (found.is_directory() && head.raw_name.empty())) {
      continue;
    }
    StreamInfo stream{head.name(), head.size(),
                      head.resident ? 0 : head.non_resident.total_allocated};
    if (stream.name.empty()) {
      const NodeInfo info = node_info(found);
      stream.size = info.size;
      stream.allocated_size = info.allocated_size;
    }
    streams.push_back(std::move(stream));
  }
  return streams;
}

Result<SourcePtr> NtfsFileSystem::open(NodeId id, std::u16string_view stream) const {
  return open_content(CASEMENT_TRY(node(id)), stream);
}

Result<std::vector<std::byte>> NtfsFileSystem::reparse_data(NodeId id) const {
  return read_reparse_data(CASEMENT_TRY(node(id)));
}

Result<std::vector<std::byte>> NtfsFileSystem::security_descriptor(NodeId id) const {
  const NtfsNode found = CASEMENT_TRY(node(id));
  const std::uint32_t shared = found.standard_information().security_id;
  if (shared != 0) {
    Result<std::vector<std::byte>> descriptor = security_.find(shared);
    if (descriptor || descriptor.error().status() == Status::io_failed) {
      return descriptor;
    }
  }
  const AttributeChain* const chain = found.find(layout::attribute_type::security_descriptor, u"");
  if (chain != nullptr) {
    return read_attribute(found, *chain, max_descriptor_size);
  }
  return shared == 0 ? Result<std::vector<std::byte>>() : security_.find(shared);
}

Result<std::unique_ptr<VolumeScan>> NtfsFileSystem::scan(const ScanOptions& options) const {
  return scan_volume(volume_, options);
}

}  // namespace casement::ntfs
