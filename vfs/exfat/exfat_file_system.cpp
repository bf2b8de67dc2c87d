// SPDX-License-Identifier: Apache-2.0
// Directories and files of an exFAT volume for callers.
#include "vfs/exfat/exfat_file_system.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "vfs/exfat/directory_reader.h"
#include "vfs/exfat/exfat_scan.h"
#include "vfs/fs/main_stream.h"

namespace casement {
namespace {

/// The specification's limit.
constexpr std::size_t max_name = 255;

DirEntry to_dir_entry(const ExfatEntry& entry) {
  return {std::u16string(entry.name), {}, entry.node.id(), entry.node.kind()};
}

class ExfatDirReader final : public DirReader {
 public:
  ExfatDirReader(ExfatVolumePtr volume, ExfatDirectory directory)
      : reader_(std::move(volume), std::move(directory)) {}

  Result<std::optional<DirEntry>> next() override {
    const std::optional<ExfatEntry> entry = CASEMENT_TRY(reader_.next());
    return entry ? std::optional(to_dir_entry(*entry)) : std::nullopt;
  }

 private:
  ExfatDirectoryReader reader_;
};

}  // namespace

FileSystemInfo ExfatFileSystem::info() const {
  const ExfatGeometry& geometry = volume_->geometry();
  FileSystemInfo info;
  info.version = fmt::format("exFAT {}.{:02}", geometry.major_revision, geometry.minor_revision);
  info.label = volume_->label();
  info.serial = geometry.serial;
  info.cluster_size = geometry.cluster_size;
  info.size = geometry.volume_size;
  info.start_sector = geometry.partition_offset;
  info.dirty = geometry.dirty;
  return info;
}

Result<ExfatDirectory> ExfatFileSystem::directory(NodeId dir) const {
  if (dir == root()) {
    return volume_->root();
  }
  return volume_->directory(CASEMENT_TRY(volume_->node(dir)));
}

Result<NodeInfo> ExfatFileSystem::stat(NodeId node) const {
  if (node == root()) {
    NodeInfo info;
    info.kind = NodeKind::directory;
    info.attributes = file_attribute::directory;
    return info;
  }
  return CASEMENT_TRY(volume_->node(node)).info(volume_->geometry());
}

Result<std::unique_ptr<DirReader>> ExfatFileSystem::read_dir(NodeId dir) const {
  return std::make_unique<ExfatDirReader>(volume_, CASEMENT_TRY(directory(dir)));
}

Result<std::optional<DirEntry>> ExfatFileSystem::lookup(NodeId dir,
                                                        std::u16string_view name) const {
  ExfatDirectoryReader reader(volume_, CASEMENT_TRY(directory(dir)));
  std::optional<DirEntry> found;
  std::optional<Error> error;  // the first: what could not be read may have been the name
  while (!name.empty() && name.size() <= max_name) {
    auto entry = reader.next();
    if (!entry) {
      if (!error) {
        error = std::move(entry).error();
      }
      continue;
    }
    if (!*entry) {
      break;
    }
    if ((*entry)->name == name) {
      return std::optional(to_dir_entry(**entry));
    }
    if (!found && volume_->upcase().equal((*entry)->name, name)) {
      found = to_dir_entry(**entry);  // an exact match, should it come, wins
    }
  }
  if (!found && error) {
    return std::unexpected(*std::move(error));
  }
  return found;
}

Result<std::vector<StreamInfo>> ExfatFileSystem::streams(NodeId node) const {
  return main_stream_of(CASEMENT_TRY(stat(node)));
}

Result<SourcePtr> ExfatFileSystem::open(NodeId node, std::u16string_view stream) const {
  const NodeInfo info = CASEMENT_TRY(stat(node));
  CASEMENT_TRY(check_main_stream(info.kind, stream, *volume_->source(), "exFAT"));
  return volume_->content(CASEMENT_TRY(volume_->node(node)));
}

Result<std::vector<std::byte>> ExfatFileSystem::reparse_data(NodeId /*node*/) const {
  return fail(Status::not_a_reparse_point, "exFAT has no reparse points");
}

Result<std::vector<std::byte>> ExfatFileSystem::security_descriptor(NodeId /*node*/) const {
  return std::vector<std::byte>();
}

Result<std::unique_ptr<VolumeScan>> ExfatFileSystem::scan(const ScanOptions& options) const {
  return make_exfat_scan(volume_, options);
}

}  // namespace casement
