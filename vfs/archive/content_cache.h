// SPDX-License-Identifier: Apache-2.0
// Unpacked members that are worth keeping.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>

#include "vfs/archive/archive_options.h"
#include "vfs/archive/unpacked.h"

namespace casement {

/// Least-recently-used members, under one budget for memory and one for temporary files. What is in
/// use stays alive when it is dropped. Each entry costs entry_cost bytes more than its content.
/// Thread-safe.
class ContentCache {
 public:
  /// Names, the source and the places in list and map: what even an empty member takes.
  static constexpr std::uint64_t entry_cost = 512;

  explicit ContentCache(const ArchiveOptions& options)
      : max_memory_(options.max_kept_in_memory), max_spilled_(options.max_spilled) {}

  /// nullptr: not there.
  SourcePtr find(std::uint32_t member);
  /// Keeps a member, even when it alone is larger than the budget.
  void put(std::uint32_t member, Unpacked unpacked);
  /// Whether a member of so many bytes fits into memory without dropping another one.
  bool has_room(std::uint64_t bytes) const;

 private:
  struct Entry {
    std::uint32_t member = 0;
    Unpacked unpacked;
  };
  void drop_old();

  const std::uint64_t max_memory_;
  const std::uint64_t max_spilled_;
  mutable std::mutex mutex_;
  std::list<Entry> recent_;  // the front was used last
  std::unordered_map<std::uint32_t, std::list<Entry>::iterator> found_;
  std::uint64_t in_memory_ = 0;
  std::uint64_t spilled_ = 0;
};

}  // namespace casement
