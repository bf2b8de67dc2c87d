// SPDX-License-Identifier: Apache-2.0
// Directories and files of a FAT volume for callers.
#include "vfs/fat/fat_file_system.h"

#include <string>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/fat/directory_reader.h"
#include "vfs/fat/fat_scan.h"
#include "vfs/fs/main_stream.h"

namespace casement {
namespace {

DirEntry to_dir_entry(const FatEntry& entry) {
  return {std::u16string(entry.name), std::u16string(entry.short_name), entry.node.id(),
          entry.node.kind()};
}

class FatDirReader final : public DirReader {
 public:
  FatDirReader(FatVolumePtr volume, FatDirectory directory)
      : reader_(std::move(volume), std::move(directory)) {}

  Result<std::optional<DirEntry>> next() override {
    const std::optional<FatEntry> entry = CASEMENT_TRY(reader_.next());
    return entry ? std::optional(to_dir_entry(*entry)) : std::nullopt;
  }

 private:
  FatDirectoryReader reader_;
};

/// How well an entry answers to a name; the greatest wins.
enum class Match : std::uint8_t { none, short_name, long_name, exact };

Match match(const FatEntry& entry, std::u16string_view name) {
  if (entry.name == name || (!entry.short_name.empty() && entry.short_name == name)) {
    return Match::exact;
  }
  if (equals_folded(entry.name, name)) {
    return Match::long_name;
  }
  return equals_folded(entry.short_name, name) ? Match::short_name : Match::none;
}

}  // namespace

FileSystemInfo FatFileSystem::info() const {
  const FatGeometry& geometry = volume_->geometry();
  FileSystemInfo info;
  info.version = to_string(geometry.type);
  info.label = volume_->label();
  info.serial = geometry.serial;
  info.cluster_size = geometry.cluster_size;
  info.size = geometry.volume_size;
  info.start_sector = geometry.hidden_sectors;
  info.dirty = volume_->dirty();
  return info;
}

Result<FatDirectory> FatFileSystem::directory(NodeId dir) const {
  if (dir == root()) {
    return volume_->root();
  }
  return volume_->directory(CASEMENT_TRY(volume_->node(dir)));
}

Result<NodeInfo> FatFileSystem::stat(NodeId node) const {
  if (node == root()) {
    NodeInfo info;
    info.kind = NodeKind::directory;
    info.attributes = file_attribute::directory;
    return info;
  }
  return CASEMENT_TRY(volume_->node(node)).info(volume_->geometry());
}

Result<std::unique_ptr<DirReader>> FatFileSystem::read_dir(NodeId dir) const {
  return std::make_unique<FatDirReader>(volume_, CASEMENT_TRY(directory(dir)));
}

Result<std::optional<DirEntry>> FatFileSystem::lookup(NodeId dir, std::u16string_view name) const {
  FatDirectoryReader reader(volume_, CASEMENT_TRY(directory(dir)));
  Match best = Match::none;
  std::optional<DirEntry> found;
  std::optional<Error> error;  // the first: what could not be read may have been the name
  while (!name.empty() && name.size() <= max_long_name) {
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
    const Match here = match(**entry, name);
    if (here > best) {
      best = here;
      found = to_dir_entry(**entry);
      if (best == Match::exact) {
        return found;
      }
    }
  }
  if (!found && error) {
    return std::unexpected(*std::move(error));
  }
  return found;
}

Result<std::vector<StreamInfo>> FatFileSystem::streams(NodeId node) const {
  return main_stream_of(CASEMENT_TRY(stat(node)));
}

Result<SourcePtr> FatFileSystem::open(NodeId node, std::u16string_view stream) const {
  const NodeInfo info = CASEMENT_TRY(stat(node));
  CASEMENT_TRY(check_main_stream(info.kind, stream, *volume_->source(), "FAT"));
  return volume_->content(CASEMENT_TRY(volume_->node(node)));
}

Result<std::vector<std::byte>> FatFileSystem::reparse_data(NodeId /*node*/) const {
  return fail(Status::not_a_reparse_point, "FAT has no reparse points");
}

Result<std::vector<std::byte>> FatFileSystem::security_descriptor(NodeId /*node*/) const {
  return std::vector<std::byte>();
}

Result<std::unique_ptr<VolumeScan>> FatFileSystem::scan(const ScanOptions& options) const {
  return make_fat_scan(volume_, options);
}

}  // namespace casement
