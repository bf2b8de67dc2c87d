// SPDX-License-Identifier: Apache-2.0
// Grouping names by parent with a counting sort.
#include "vfs/ntfs/scan_order.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

/// The sequence number after `sequence`: it is counted up when a record is freed, and 0 is left out
/// because it means "any" in references.
std::uint16_t following(std::uint16_t sequence) noexcept {
  return sequence == std::numeric_limits<std::uint16_t>::max()
             ? std::uint16_t{1}
             : static_cast<std::uint16_t>(sequence + 1);
}

}  // namespace

std::optional<ScanTable::Index> ScanOrder::parent_of(const ScanTable& table,
                                                     const ScanName& name) noexcept {
  const auto found = table.find(name.parent.record());
  if (!found) {
    return std::nullopt;
  }
  const ScanRecord& parent = table.record(*found);
  const bool is_root = name.parent.record() == ntfs_layout::metadata_record::root;
  if (!parent.is_directory || (!parent.has_names && !is_root)) {
    return std::nullopt;
  }
  if (name.parent.matches(parent.sequence)) {
    // A live file cannot lie in a free directory; a deleted one can.
    const bool both = parent.in_use || !table.record(name.record).in_use;
    return both ? found : std::nullopt;
  }
  const bool freed = !parent.in_use && !table.record(name.record).in_use &&
                     following(name.parent.sequence()) == parent.sequence;
  return freed ? found : std::nullopt;
}

ScanOrder::ScanOrder(const ScanTable& table) : first_(table.record_count() + 1) {
  constexpr Index none = std::numeric_limits<Index>::max();
  const auto name_count = static_cast<Index>(table.name_count());
  std::vector<Index> parents(name_count, none);
  for (Index i = 0; i < name_count; ++i) {
    if (const auto parent = parent_of(table, table.name(i))) {
      parents[i] = *parent;
      ++first_[*parent + 1];
    } else {
      orphans_.push_back(i);
    }
  }
  for (std::size_t i = 1; i < first_.size(); ++i) {
    first_[i] += first_[i - 1];
  }
  children_.resize(name_count - orphans_.size());
  for (Index i = 0; i < name_count; ++i) {
    if (parents[i] != none) {
      children_[first_[parents[i]]++] = i;
    }
  }
  // Each has come to where the children of the next one begin.
  std::shift_right(first_.begin(), first_.end(), 1);
  first_.front() = 0;
}

std::span<const ScanTable::Index> ScanOrder::children(Index directory) const noexcept {
  return std::span(children_).subspan(first_[directory], first_[directory + 1] - first_[directory]);
}

}  // namespace casement::ntfs
