// SPDX-License-Identifier: Apache-2.0
// The hives of one installation: each is opened at the first question and then kept.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/hive/hive.h"
#include "engine/image/hive_id.h"
#include "vfs/core/diagnostics.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Thread-safe. A hive that cannot be opened keeps its error and hides no other.
class HiveSet {
 public:
  /// `windows_directory` is the node that holds System32.
  HiveSet(FileSystemPtr file_system, NodeId windows_directory, const Limits& limits);
  HiveSet(const HiveSet&) = delete;
  HiveSet& operator=(const HiveSet&) = delete;
  ~HiveSet();

  /// System32\config\<name>. nullptr: the file is not there.
  Result<HivePtr> hive(HiveId id) const;
  /// The hive `name` in `dir` of any file system of the image. nullptr: the file is not there. Two
  /// names that lead to one file give one hive. Precondition: `file_system` outlives this.
  Result<HivePtr> hive_in(const FileSystem& file_system, NodeId dir,
                          std::u16string_view name) const;

  /// What opening them met beside errors: logs that could not be read.
  Diagnostics findings() const;

  const FileSystemPtr& file_system() const noexcept { return file_system_; }
  NodeId windows_directory() const noexcept { return windows_directory_; }

 private:
  struct Slot {
    std::once_flag once;
    std::optional<Result<HivePtr>> hive;
  };
  Result<HivePtr> open_named(HiveId id) const;

  FileSystemPtr file_system_;
  NodeId windows_directory_;
  Limits limits_;
  mutable std::array<Slot, hive_id_count> named_;
  mutable std::mutex mutex_;  // of what follows
  /// By the node of the primary file: bounded by the files that exist.
  mutable std::map<std::pair<const FileSystem*, std::uint64_t>, std::shared_ptr<Slot>> by_node_;
  mutable Diagnostics findings_;
};

}  // namespace casement
