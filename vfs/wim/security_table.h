// SPDX-License-Identifier: Apache-2.0
// The security descriptors of an image, by the ids that its entries have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"

namespace casement::wim {

/// Reads its header when it is opened and its sizes when the first descriptor is asked for.
/// Thread-safe.
class SecurityTable {
 public:
  /// corrupt, truncated: its length reaches beyond the metadata, so that the root cannot be found.
  static Result<SecurityTable> open(SourcePtr metadata, const Limits& limits);

  SecurityTable(SecurityTable&& other) noexcept;

  /// Where the root's entry is.
  std::uint64_t end() const noexcept { return end_; }

  /// Empty: the entry has none. corrupt: there is no such id, or the table is damaged there.
  Result<std::vector<std::byte>> find(std::int32_t id) const;

 private:
  SecurityTable(SourcePtr metadata, const Limits& limits) noexcept;
  Result<void> read_offsets() const;

  SourcePtr metadata_;
  std::uint64_t max_table_size_;
  std::uint64_t end_ = 0;
  std::uint32_t count_ = 0;
  mutable std::mutex mutex_;
  /// Where descriptors begin, and the end of the last; of a damaged table those before the damage.
  mutable std::vector<std::uint32_t> offsets_;
};

}  // namespace casement::wim
