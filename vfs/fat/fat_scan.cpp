// SPDX-License-Identifier: Apache-2.0
// What the scan asks of a FAT volume.
#include "vfs/fat/fat_scan.h"

#include <utility>

#include "vfs/fat/directory_reader.h"
#include "vfs/fs/directory_scan.h"

namespace casement {
namespace {

class ScannedFat {
 public:
  using Node = FatNode;
  using Reader = FatDirectoryReader;

  ScannedFat(FatVolumePtr volume, const ScanOptions& options)
      : volume_(std::move(volume)), options_(options) {}

  const Limits& limits() const { return volume_->limits(); }
  Reader root() const { return {volume_, volume_->root(), options_.deleted}; }
  Result<Reader> enter(const Node& node) const {
    return Reader(volume_, CASEMENT_TRY(volume_->directory(node)), options_.deleted);
  }
  NodeId id(const Node& node) const { return node.id(); }
  NodeInfo info(const Node& node) const { return node.info(volume_->geometry()); }
  bool deleted(const Node& node) const { return node.deleted; }
  std::uint64_t place(const Node& node) const {
    return node.first_cluster(volume_->geometry().type);
  }
  std::uint64_t root_place() const { return volume_->geometry().root_cluster; }

 private:
  FatVolumePtr volume_;
  ScanOptions options_;
};

}  // namespace

std::unique_ptr<VolumeScan> make_fat_scan(FatVolumePtr volume, const ScanOptions& options) {
  return std::make_unique<DirectoryScan<ScannedFat>>(ScannedFat(std::move(volume), options));
}

}  // namespace casement
