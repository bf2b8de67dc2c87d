// SPDX-License-Identifier: Apache-2.0
// Reading the MFT with a few threads, and putting the parts together in order.
#include "vfs/ntfs/scan_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <iterator>
#include <limits>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "vfs/ntfs/attribute_list.h"
#include "vfs/ntfs/mft.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/scan_record.h"

namespace casement::ntfs {
namespace {

constexpr unsigned most_threads = 4;
/// Bytes of attribute lists that one pass reads, for each byte of the MFT. A list entry has 32
/// bytes or more and stands for an attribute of 24 or more that lies in the MFT, so that the lists
/// of a sound volume are not much larger than it; but lists of many files may be the same clusters.
constexpr std::uint64_t lists_per_record = 4;
/// The same for a small MFT.
constexpr std::uint64_t min_list_budget = std::uint64_t{64} << 20;

class Pass {
 public:
  Pass(const NtfsVolumePtr& volume, bool deleted, const ScanPassOptions& options)
      : volume_(volume),
        deleted_(deleted),
        threads_(std::max(options.threads, 1U)),
        record_count_(std::min<std::uint64_t>(volume->mft().record_count(),
                                              std::numeric_limits<std::uint32_t>::max())),
        part_records_(
            std::max<std::uint64_t>(options.request_size / volume->mft().record_size(), 1)),
        lists_(options.list_bytes.value_or(list_budget(volume->mft()))),
        table_(std::make_unique<ScanTable>()) {
    plan();
  }

  Result<std::unique_ptr<const ScanTable>> run() {
    {
      std::vector<std::jthread> helpers;
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(threads_, part_count_));
      try {
        while (helpers.size() + 1 < wanted) {
          helpers.emplace_back([this] { work(); });
        }
      } catch (const std::system_error&) {
        // The host gives no more threads: this one does the work.
      }
      work();
    }
    if (thrown_) {
      std::rethrow_exception(thrown_);
    }
    if (error_) {
      return std::unexpected(*std::move(error_));
    }
    table_->index_numbers();
    return std::unique_ptr<const ScanTable>(std::move(table_));
  }

 private:
  /// Records that follow each other, and the number of the first part of them.
  struct Stretch {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    std::uint64_t first_part = 0;
  };

  static std::uint64_t list_budget(const Mft& mft) {
    // The volume may claim so much that the product would wrap.
    constexpr std::uint64_t max_size = std::uint64_t{1} << 60;
    const std::uint64_t mft_size = std::min(mft.record_count() * mft.record_size(), max_size);
    return std::max(mft_size * lists_per_record, min_list_budget);
  }

  /// Holes of the MFT are passed over, and what no extent maps is one error: both may be as long as
  /// the damaged field that claims them.
  void plan() {
    const auto metadata = std::min(record_count_, ntfs_layout::metadata_record::first_user);
    std::uint64_t planned = 0;  // records
    // The first records have copies, and the root is in the table whatever happened to it.
    add_stretch(0, metadata, planned);
    std::uint64_t next = metadata;
    for (const MftPart& part : volume_->mft().mapped_parts()) {
      const std::uint64_t end = std::min(part.end, record_count_);
      if (end <= next) {
        continue;
      }
      add_gap(next, part.first);
      if (!part.hole) {
        add_stretch(std::max(next, part.first), end, planned);
      }
      next = end;
    }
    add_gap(next, record_count_);
    table_->reserve(planned);
  }

  void add_stretch(std::uint64_t first, std::uint64_t end, std::uint64_t& planned) {
    planned += end - first;
    if (!stretches_.empty() && stretches_.back().end == first) {
      stretches_.back().end = end;
    } else {
      stretches_.push_back({.first = first, .end = end, .first_part = part_count_});
    }
    const Stretch& last = stretches_.back();
    part_count_ = last.first_part + (last.end - last.first + part_records_ - 1) / part_records_;
  }

  void add_gap(std::uint64_t first, std::uint64_t end) {
    if (first < end) {
      table_->add_error(
          Error(Status::corrupt,
                fmt::format("MFT records {} to {}: no extent of $MFT says where they are", first,
                            end - 1)));
    }
  }

  /// What a thread needs for one part after the other.
  struct Worker {
    NtfsVolumePtr volume;  // with findings of its own
    std::vector<std::byte> buffer;
    ScanTable part;
  };

  /// What a thread does: take a part, decode it, hand it in when its turn has come.
  void work() noexcept {
    try {
      Worker worker{.volume = volume_->with_own_findings(), .buffer = {}, .part = ScanTable()};
      while (true) {
        const std::uint64_t number = next_part_.fetch_add(1);
        if (number >= part_count_) {
          return;
        }
        ListBudget lists(lists_.left());
        const std::uint64_t before = lists.left();
        decode_part(number, worker.volume, lists, worker);
        const bool refused = lists.refused();
        if (!hand_in(number, worker,
                     refused ? std::nullopt : std::optional(before - lists.left()))) {
          return;
        }
      }
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      thrown_ = std::current_exception();
      stopped_ = true;
      turn_.notify_all();
    }
  }

  void decode_part(std::uint64_t number, const NtfsVolumePtr& volume, ListBudget& lists,
                   Worker& worker) const {
    const Mft& mft = volume->mft();
    std::vector<std::byte>& buffer = worker.buffer;
    worker.part.clear();
    const Stretch& stretch =
        *std::prev(std::ranges::upper_bound(stretches_, number, {}, &Stretch::first_part));
    const std::uint64_t first = stretch.first + (number - stretch.first_part) * part_records_;
    const std::uint64_t count = std::min(part_records_, stretch.end - first);
    buffer.resize(static_cast<std::size_t>(count * mft.record_size()));
    ScanRecordDecoder decoder(volume, deleted_, worker.part, lists);
    const bool read = mft.read_records(first, count, buffer).has_value();
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto record = MutableBytes(buffer).subspan(
          static_cast<std::size_t>(i * mft.record_size()), mft.record_size());
      // A bad sector, or an extent that is missing, must not take a whole part along.
      if (!read) {
        if (auto one = mft.read_records(first + i, 1, record); !one) {
          decoder.add_unreadable(first + i, std::move(one).error());
          continue;
        }
      }
      decoder.decode(record, first + i);
    }
  }

  /// `list_bytes` are those of the attribute lists that the part has read; nullopt: more than there
  /// were. False: the pass has failed, stop.
  bool hand_in(std::uint64_t number, Worker& worker, std::optional<std::uint64_t> list_bytes) {
    std::unique_lock lock(mutex_);
    turn_.wait(lock, [&] { return stopped_ || handed_in_ == number; });
    if (stopped_) {
      return false;
    }
    if (!list_bytes || !lists_.take(*list_bytes)) {
      // Which lists still have room depends on all parts before this one, and now they are known.
      UniqueFindings guesses;
      guesses.take_over(worker.volume->findings());
      decode_part(number, worker.volume, lists_, worker);
    }
    volume_->findings().take_over(worker.volume->findings());
    if (auto appended = table_->append(worker.part); !appended) {
      error_ = std::move(appended).error();
      stopped_ = true;
    }
    ++handed_in_;
    turn_.notify_all();
    return !stopped_;
  }

  const NtfsVolumePtr& volume_;
  bool deleted_;
  unsigned threads_;
  std::uint64_t record_count_;
  std::uint64_t part_records_;
  std::vector<Stretch> stretches_;
  std::uint64_t part_count_ = 0;
  ListBudget lists_;
  std::atomic<std::uint64_t> next_part_ = 0;

  std::mutex mutex_;  // what follows
  std::condition_variable turn_;
  std::uint64_t handed_in_ = 0;
  bool stopped_ = false;
  std::optional<Error> error_;
  std::exception_ptr thrown_;
  std::unique_ptr<ScanTable> table_;
};

}  // namespace

unsigned ScanPassOptions::default_threads() noexcept {
  return std::clamp(std::thread::hardware_concurrency(), 1U, most_threads);
}

Result<std::unique_ptr<const ScanTable>> read_scan_table(const NtfsVolumePtr& volume, bool deleted,
                                                         const ScanPassOptions& options) {
  return Pass(volume, deleted, options).run();
}

}  // namespace casement::ntfs
