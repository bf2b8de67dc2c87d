// SPDX-License-Identifier: Apache-2.0
// Finding a name in a directory that was read before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vfs/core/error.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/core/unique_findings.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/dentry_names.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

/// The hashes of the names of one directory, 8 bytes a name: the names themselves stay in the
/// metadata. Immutable.
class DirectoryIndex {
 public:
  /// Reads the entries that begin at `begin`. What is refused or damaged goes to `findings`.
  static DirectoryIndex build(MetadataView& view, std::uint64_t begin, const Limits& limits,
                              UniqueFindings& findings);

  /// By long or short name: exactly, else without regard to case; of several the first, with the
  /// finding "ambiguous-case". The names are in `text`. An Error: there is none, but some of the
  /// directory could not be read and may have had it.
  Result<std::optional<Dentry>> find(MetadataView& view, std::u16string_view name, DentryText& text,
                                     UniqueFindings& findings) const;

  /// Bytes of memory, with those that a cache takes for it.
  std::size_t size() const noexcept {
    constexpr std::size_t cache_nodes = 128;
    return cache_nodes + sizeof(*this) + slots_.capacity() * sizeof(Slot);
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;    // of a folded name
    std::uint32_t offset = 0;  // of the entry
  };

  std::uint64_t begin_ = 0;
  std::vector<Slot> slots_;  // by hash; those of equal hashes in the order of the directory
  std::optional<Error> damage_;
};

using DirectoryIndexPtr = std::shared_ptr<const DirectoryIndex>;

/// The directories that were looked into last, under a byte budget; one that is larger than that
/// is kept alone. Thread-safe.
class DirectoryIndexCache {
 public:
  explicit DirectoryIndexCache(std::uint64_t max_bytes) noexcept : max_bytes_(max_bytes) {}

  /// The index of the entries at `begin`, made by `make` when it is not there. Two threads may make
  /// the same one at the same time; one of them is kept.
  DirectoryIndexPtr get(std::uint64_t begin, const std::function<DirectoryIndex()>& make);

 private:
  struct Item {
    std::uint64_t begin = 0;
    DirectoryIndexPtr index;
  };

  std::uint64_t max_bytes_;
  std::mutex mutex_;
  std::list<Item> recent_;  // the front was used last
  std::unordered_map<std::uint64_t, std::list<Item>::iterator> found_;
  std::uint64_t bytes_ = 0;
};

}  // namespace casement::wim
