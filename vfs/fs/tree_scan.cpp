// SPDX-License-Identifier: Apache-2.0
// A walk behind the interface of a scan.
#include "vfs/fs/tree_scan.h"

#include <optional>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

class WalkedScan final : public VolumeScan {
 public:
  WalkedScan(FileSystemPtr file_system, NodeId directory, std::u16string path,
             const TreeOptions& tree)
      : file_system_(std::move(file_system)),
        walker_(file_system_, directory, std::move(path), tree) {}

  Result<std::optional<ScanEntry>> next() override {
    std::optional<TreeEntry> found = CASEMENT_TRY(walker_.next());
    if (!found) {
      return std::optional<ScanEntry>();
    }
    last_ = std::move(*found);
    ScanEntry entry;
    entry.node = last_.entry.node;
    entry.parent = last_.parent;
    entry.name = last_.entry.name;
    entry.short_name = last_.entry.short_name;
    entry.depth = last_.depth;
    entry.info = CASEMENT_TRY(
        file_system_->stat(entry.node).with_context([&] { return to_utf8(last_.path); }));
    return std::optional<ScanEntry>(entry);
  }

 private:
  FileSystemPtr file_system_;
  TreeWalker walker_;
  TreeEntry last_;  // owns the names of the entry that was given
};

}  // namespace

Result<std::unique_ptr<VolumeScan>> scan_tree(const FileSystemPtr& file_system,
                                              const ScanOptions& options, const TreeOptions& tree) {
  std::unique_ptr<VolumeScan> scan = CASEMENT_TRY(file_system->scan(options));
  if (!scan) {
    scan = walk_tree(file_system, file_system->root(), {}, tree);
  }
  return scan;
}

std::unique_ptr<VolumeScan> walk_tree(const FileSystemPtr& file_system, NodeId directory,
                                      std::u16string path, const TreeOptions& tree) {
  return std::make_unique<WalkedScan>(file_system, directory, std::move(path), tree);
}

}  // namespace casement
