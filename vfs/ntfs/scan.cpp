// SPDX-License-Identifier: Apache-2.0
// Walking the table of a pass, depth first.
#include "vfs/ntfs/scan.h"

#include <fmt/format.h>

#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/scan_order.h"
#include "vfs/ntfs/scan_pass.h"
#include "vfs/ntfs/scan_table.h"

namespace casement::ntfs {
namespace {

using Index = ScanTable::Index;

class MftScan final : public VolumeScan {
 public:
  MftScan(NtfsVolumePtr volume, std::unique_ptr<const ScanTable> table)
      : volume_(std::move(volume)),
        table_(std::move(table)),
        order_(*table_),
        states_(table_->record_count(), State::unseen) {
    if (const auto root = table_->find(ntfs_layout::metadata_record::root)) {
      states_[*root] = State::entered;
      levels_.push_back({*root});
    }
  }

  Result<std::optional<ScanEntry>> next() override {
    if (pending_) {
      return std::unexpected(*std::exchange(pending_, std::nullopt));
    }
    if (const auto name = std::exchange(cycle_, std::nullopt)) {
      return give(*name, true);
    }
    if (const auto name = next_in_tree()) {
      return give(*name, false);
    }
    orphans_begun_ = true;
    if (next_orphan_ < order_.orphans().size()) {
      return give(order_.orphans()[next_orphan_++], true);
    }
    if (const auto name = next_cycle()) {
      const ScanName& begin = table_->name(*name);
      cycle_names_.insert(*name);
      cycle_ = name;
      return fail(Status::corrupt, fmt::format("directory \"{}\" of record {} lies in itself",
                                               to_utf8(table_->text(begin)),
                                               table_->reference(begin.record).record()));
    }
    return next_error();
  }

 private:
  enum class State : std::uint8_t {
    unseen,
    entered,
    on_path,  // only while a cycle is looked for
    closed    // below a directory that is too deep
  };
  struct Level {
    Index directory = 0;
    std::size_t next = 0;
  };

  std::optional<Index> next_in_tree();
  std::optional<Index> next_cycle();
  std::optional<Index> find_cycle(Index begin);
  Index first_name(Index record) const;
  Result<std::optional<ScanEntry>> give(Index name_index, bool orphan);
  void enter(Index directory);
  Result<std::optional<ScanEntry>> next_error();

  NtfsVolumePtr volume_;
  std::unique_ptr<const ScanTable> table_;
  ScanOrder order_;
  std::vector<State> states_;  // of each record
  std::vector<Level> levels_;
  std::optional<Error> pending_;
  bool orphans_begun_ = false;
  std::size_t next_orphan_ = 0;
  Index next_cycle_name_ = 0;
  std::unordered_set<Index> cycle_names_;  // given as orphans, so not again where they lie
  std::optional<Index> cycle_;             // reported, to be given
  std::size_t next_error_ = 0;
};

std::optional<Index> MftScan::next_in_tree() {
  while (!levels_.empty()) {
    Level& level = levels_.back();
    const auto children = order_.children(level.directory);
    if (level.next == children.size()) {
      levels_.pop_back();
      continue;
    }
    const Index name = children[level.next++];
    if (!cycle_names_.contains(name)) {
      return name;
    }
  }
  return std::nullopt;
}

Result<std::optional<ScanEntry>> MftScan::give(Index name_index, bool orphan) {
  const ScanName& name = table_->name(name_index);
  const ScanRecord& record = table_->record(name.record);
  Result<std::optional<ScanEntry>> given(std::in_place, std::in_place);
  ScanEntry& entry = **given;  // filled where it is returned, without a copy
  entry.node = table_->reference(name.record).node();
  entry.parent = orphan ? name.parent.node() : table_->reference(levels_.back().directory).node();
  entry.name = table_->text(name);
  entry.short_name = table_->short_text(name);
  record.get_info(entry.info);
  entry.deleted = !record.in_use;
  entry.orphan = orphan;
  // Orphans stand beside what lies in the root, which is the first level of the tree.
  entry.depth = static_cast<std::uint32_t>(levels_.size()) + (orphans_begun_ ? 1 : 0);
  if (record.is_directory) {
    enter(name.record);
  }
  return given;
}

void MftScan::enter(Index directory) {
  if (states_[directory] == State::entered) {
    pending_.emplace(Status::corrupt, fmt::format("directory of record {} is met twice",
                                                  table_->reference(directory).record()));
    return;
  }
  if (levels_.size() >= volume_->limits().max_path_depth) {
    states_[directory] = State::closed;
    pending_.emplace(Status::limit_exceeded,
                     fmt::format("directory of record {} lies deeper than {} levels",
                                 table_->reference(directory).record(), levels_.size()));
    return;
  }
  states_[directory] = State::entered;
  levels_.push_back({directory});
}

/// Precondition: the record has a name.
Index MftScan::first_name(Index record) const {
  // Names are in the order of their records.
  Index low = 0;
  auto high = static_cast<Index>(table_->name_count());
  while (low < high) {
    const Index middle = low + (high - low) / 2;
    if (table_->name(middle).record < record) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// A directory above `begin` that is above itself; marks all on the way as closed when there is
/// none.
std::optional<Index> MftScan::find_cycle(Index begin) {
  std::vector<Index> path;
  std::optional<Index> at = begin;
  while (at && states_[*at] == State::unseen) {
    states_[*at] = State::on_path;
    path.push_back(*at);
    at = ScanOrder::parent_of(*table_, table_->name(first_name(*at)));
  }
  const bool is_cycle = at && states_[*at] == State::on_path;
  for (const Index directory : path) {
    states_[directory] = is_cycle ? State::unseen : State::closed;
  }
  return is_cycle ? at : std::nullopt;
}

/// The first name of a directory that was not reached from anywhere because it lies in itself.
std::optional<Index> MftScan::next_cycle() {
  for (; next_cycle_name_ < table_->name_count(); ++next_cycle_name_) {
    const ScanName& name = table_->name(next_cycle_name_);
    if (!table_->record(name.record).is_directory || states_[name.record] != State::unseen) {
      continue;
    }
    if (const auto directory = find_cycle(name.record)) {
      return first_name(*directory);
    }
  }
  return std::nullopt;
}

Result<std::optional<ScanEntry>> MftScan::next_error() {
  const std::vector<Error>& errors = table_->errors();
  if (next_error_ < errors.size()) {
    return std::unexpected(errors[next_error_++]);
  }
  if (next_error_ == errors.size() && table_->error_count() > errors.size()) {
    ++next_error_;
    return fail(Status::corrupt, fmt::format("{} more damaged records of the MFT",
                                             table_->error_count() - errors.size()));
  }
  return std::optional<ScanEntry>();
}

}  // namespace

Result<std::unique_ptr<VolumeScan>> scan_volume(const NtfsVolumePtr& volume,
                                                const ScanOptions& options) {
  auto table = CASEMENT_TRY(read_scan_table(volume, options.deleted));
  return std::make_unique<MftScan>(volume, std::move(table));
}

}  // namespace casement::ntfs
