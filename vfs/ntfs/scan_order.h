// SPDX-License-Identifier: Apache-2.0
// From "every file names its parent" to "every directory has children".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "vfs/ntfs/scan_table.h"

namespace casement::ntfs {

/// The names of a table by the directory that they lie in, without comparing any.
class ScanOrder {
 public:
  using Index = ScanTable::Index;

  explicit ScanOrder(const ScanTable& table);

  /// Names in a directory, as indexes of the table, in its order.
  std::span<const Index> children(Index directory) const noexcept;

  /// Names whose directory is not there: gone, of another generation, or itself without a name.
  const std::vector<Index>& orphans() const noexcept { return orphans_; }

  /// The directory that a name lies in; nullopt for an orphan.
  static std::optional<Index> parent_of(const ScanTable& table, const ScanName& name) noexcept;

 private:
  std::vector<Index> first_;     // of each record: where its children begin; one more at the end
  std::vector<Index> children_;  // names, by parent
  std::vector<Index> orphans_;
};

}  // namespace casement::ntfs
