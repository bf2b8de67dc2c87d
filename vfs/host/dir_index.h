// SPDX-License-Identifier: Apache-2.0
// The names of one host directory, ordered for lookups without regard to case. POSIX only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/host_name.h"
#include "vfs/host/unique_fd.h"

namespace casement {

/// One name of a directory.
struct IndexedName {
  std::string host_name;  // bytes
  std::u16string name;
  NodeKind kind = NodeKind::file;  // symlinks are reparse points, sockets and devices are files
};

/// A snapshot of a directory. Immutable but for 8.3 names, which are read at the first question.
/// Thread-safe.
class DirIndex {
 public:
  /// What a name led to.
  struct Match {
    const IndexedName* entry = nullptr;  // null: nothing
    /// Others that differ in case only while none is an exact match.
    std::size_t rivals = 0;
  };

  /// Reads the directory open in `fd`. limit_exceeded: more than Limits::max_directory_entries.
  static Result<std::shared_ptr<const DirIndex>> read(UniqueFd fd, NameCoding coding,
                                                      const Limits& limits);

  /// An exact match wins; else, of those that differ in case, the lowest in byte order.
  Match find(std::u16string_view name) const;

  /// By 8.3 name. `directory` is open on the same directory; its entries' attributes are read once.
  const IndexedName* find_short(std::u16string_view name, int directory) const;

  /// In byte order of the host names.
  const std::vector<IndexedName>& names() const noexcept { return names_; }

 private:
  struct ShortName {
    std::u16string name;
    std::size_t index;
  };
  explicit DirIndex(std::vector<IndexedName> names);

  std::vector<IndexedName> names_;
  std::vector<std::uint32_t> folded_;  // positions in names_, by folded name, then byte order
  mutable std::once_flag short_names_once_;
  mutable std::vector<ShortName> short_names_;
};

}  // namespace casement
