// SPDX-License-Identifier: Apache-2.0
// The search of [MS-VHDX] "Log Replay", with each entry validated once.
#include "vfs/container/vhdx/log_sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace casement {
namespace {

/// Entries of one round do not overlap, and a log holds leftovers of few rounds. More checksumming,
/// or more steps from entry to entry, is the work of somebody who forged checksums.
constexpr std::uint64_t max_rounds = 16;

class Search {
 public:
  explicit Search(const VhdxLogRing& log)
      : log_(log),
        checked_(log.sector_count(), unchecked),
        in_run_(log.sector_count(), false),
        bytes_left_(max_rounds * log.size()),
        steps_left_(max_rounds * log.sector_count()) {}

  Result<std::vector<VhdxLogEntry>> run() {
    for (std::uint32_t sector = 0; sector < log_.sector_count(); ++sector) {
      if (!in_run_[sector]) {
        CASEMENT_TRY(follow(sector * vhdx_layout::log_sector_size));
      }
    }
    if (best_.empty()) {
      return fail(Status::corrupt,
                  fmt::format("no complete sequence among {} valid log entries", valid_.size()));
    }
    return std::move(best_);
  }

 private:
  static constexpr std::uint32_t unchecked = UINT32_MAX;
  static constexpr std::uint32_t invalid = UINT32_MAX - 1;

  /// The valid entry at `offset`, or nullptr.
  Result<const VhdxLogEntry*> entry_at(std::uint32_t offset) {
    std::uint32_t& known = checked_[offset / vhdx_layout::log_sector_size];
    if (known == unchecked) {
      const std::uint32_t size = log_.entry_size(offset);
      if (size > bytes_left_) {
        return fail(Status::corrupt, "its entries overlap without end");
      }
      bytes_left_ -= size;
      const auto entry = log_.validate(offset);
      known = entry ? static_cast<std::uint32_t>(valid_.size()) : invalid;
      if (entry) {
        valid_.push_back(*entry);
      }
    }
    return known == invalid ? nullptr : &valid_[known];
  }

  /// The longest run from `start`; remembers its part from the tail on when it is complete and
  /// newer than what is known.
  Result<void> follow(std::uint32_t start) {
    std::vector<VhdxLogEntry> entries;
    std::uint64_t length = 0;
    std::uint32_t next = start;
    while (length < log_.size()) {
      const VhdxLogEntry* entry = CASEMENT_TRY(entry_at(next));
      if (entry == nullptr || entry->size > log_.size() - length ||
          (!entries.empty() && entry->sequence != entries.back().sequence + 1)) {
        break;
      }
      if (steps_left_-- == 0) {
        return fail(Status::corrupt, "its entries follow each other without end");
      }
      in_run_[next / vhdx_layout::log_sector_size] = true;
      entries.push_back(*entry);
      length += entry->size;
      next = log_.advance(next, entry->size);
    }
    if (entries.empty()) {
      return {};
    }
    const auto tail = std::ranges::find(entries, entries.back().tail, &VhdxLogEntry::offset);
    const bool newer = best_.empty() || entries.back().sequence > best_.back().sequence;
    if (tail != entries.end() && newer) {
      best_.assign(tail, entries.end());
    }
    return {};
  }

  const VhdxLogRing& log_;
  std::vector<std::uint32_t> checked_;  // by sector: index in valid_, or one of the marks
  std::vector<bool> in_run_;            // by sector: member of a run that was looked at
  std::vector<VhdxLogEntry> valid_;
  std::vector<VhdxLogEntry> best_;
  std::uint64_t bytes_left_;
  std::uint64_t steps_left_;
};

}  // namespace

Result<std::vector<VhdxLogEntry>> find_active_sequence(const VhdxLogRing& log) {
  return Search(log).run();
}

}  // namespace casement
