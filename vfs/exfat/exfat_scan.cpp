// SPDX-License-Identifier: Apache-2.0
// What the scan asks of an exFAT volume.
#include "vfs/exfat/exfat_scan.h"

#include <utility>

#include "vfs/exfat/directory_reader.h"
#include "vfs/fs/directory_scan.h"

namespace casement {
namespace {

class ScannedExfat {
 public:
  using Node = ExfatNode;

  struct Entry {
    ExfatNode node;
    std::u16string_view name;
    std::u16string_view short_name;  // exFAT has none
  };
  class Reader {
   public:
    Reader(ExfatVolumePtr volume, ExfatDirectory directory, bool with_deleted)
        : reader_(std::move(volume), std::move(directory), with_deleted) {}
    Result<std::optional<Entry>> next() {
      const std::optional<ExfatEntry> entry = CASEMENT_TRY(reader_.next());
      return entry ? std::optional(Entry{entry->node, entry->name, {}}) : std::nullopt;
    }

   private:
    ExfatDirectoryReader reader_;
  };

  ScannedExfat(ExfatVolumePtr volume, const ScanOptions& options)
      : volume_(std::move(volume)), options_(options) {}

  const Limits& limits() const { return volume_->limits(); }
  Reader root() const { return {volume_, volume_->root(), options_.deleted}; }
  Result<Reader> enter(const Node& node) const {
    return Reader(volume_, CASEMENT_TRY(volume_->directory(node)), options_.deleted);
  }
  NodeId id(const Node& node) const { return node.id(); }
  NodeInfo info(const Node& node) const { return node.info(volume_->geometry()); }
  bool deleted(const Node& node) const { return node.deleted; }
  /// Empty directories may have no cluster: their sets tell them apart.
  std::uint64_t place(const Node& node) const {
    return node.first_cluster() != 0 ? node.first_cluster() : ~node.offset;
  }
  std::uint64_t root_place() const { return volume_->geometry().root_cluster; }

 private:
  ExfatVolumePtr volume_;
  ScanOptions options_;
};

}  // namespace

std::unique_ptr<VolumeScan> make_exfat_scan(ExfatVolumePtr volume, const ScanOptions& options) {
  return std::make_unique<DirectoryScan<ScannedExfat>>(ScannedExfat(std::move(volume), options));
}

}  // namespace casement
