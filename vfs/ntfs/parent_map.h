// SPDX-License-Identifier: Apache-2.0
// What lies in a directory by the files' own account, for directories whose index is damaged.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/ntfs/file_reference.h"
#include "vfs/ntfs/names.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

class ScanTable;
class ScanOrder;

/// Every file names its parent. The first question reads the whole MFT; its answer is kept.
/// Thread-safe.
class ParentMap {
 public:
  explicit ParentMap(NtfsVolumePtr volume);
  ~ParentMap();
  ParentMap(const ParentMap&) = delete;
  ParentMap& operator=(const ParentMap&) = delete;

  /// The names of files in use whose parent is `directory`, in the order of the MFT.
  Result<std::vector<ListedName>> names_in(FileReference directory) const;

 private:
  Result<void> build() const;

  NtfsVolumePtr volume_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<const ScanTable> table_;
  mutable std::unique_ptr<const ScanOrder> order_;
};

using ParentMapPtr = std::shared_ptr<const ParentMap>;

}  // namespace casement::ntfs
