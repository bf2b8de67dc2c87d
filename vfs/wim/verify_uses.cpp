// SPDX-License-Identifier: Apache-2.0
// One pass over the metadata of each image.
#include "vfs/wim/verify_uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/wim/byte_budget.h"
#include "vfs/wim/stream_uses.h"
#include "vfs/wim/thread_crew.h"

namespace casement::wim {
namespace {

constexpr std::size_t max_uses = 10'000;       // of one blob
constexpr std::size_t max_all_uses = 200'000;  // paths have some hundred bytes each
/// Bytes of all uses that are told.
constexpr std::uint64_t max_all_bytes = std::uint64_t{64} << 20;
/// These are told before others, as long as there are bytes: each blob shall have some.
constexpr std::size_t min_uses = 4;
/// Metadata in memory at the same time. That of one image may be as large.
constexpr std::uint64_t max_metadata_bytes = std::uint64_t{1} << 30;

struct BlobUses {
  std::vector<BlobUse> uses;
  std::uint64_t count = 0;
  DamagedBlob* taken_by = nullptr;
};
/// By hash, in order, so that nobody's choice of hashes makes it slow.
using UsesByHash = std::map<Sha1, BlobUses>;

/// What is told of all uses together.
class UseBudget {
 public:
  /// Whether another use can be told of a blob that has `known` of them.
  bool has_room(std::size_t known) const noexcept {
    return known < min_uses
               ? bytes_ < max_all_bytes
               : known < max_uses && count_ < max_all_uses && bytes_ < max_all_bytes / 2;
  }
  void take(const BlobUse& use) noexcept {
    ++count_;
    bytes_ += sizeof(BlobUse) + use.path.size() * sizeof(char16_t);
  }

 private:
  std::size_t count_ = 0;
  std::uint64_t bytes_ = 0;
};

class UseFinder {
 public:
  UseFinder(const OpenedWim& file, const std::vector<DamagedBlob>& damaged, VerifyLog& log)
      : file_(file), log_(log) {
    for (const DamagedBlob& blob : damaged) {
      damaged_.try_emplace(blob.expected);
    }
    list_images();
    findings_.resize(images_.size());
  }

  void run(unsigned threads, const std::function<void()>& watch) {
    ThreadCrew crew([this] { log_.stop(); });
    const std::size_t wanted = std::min<std::size_t>(std::max(1U, threads), images_.size());
    if (wanted != 0) {
      loader_threads_ = static_cast<unsigned>(std::max(std::size_t{1}, threads / wanted));
    }
    std::size_t started = 0;
    while (started < wanted && crew.start([this] { walk(); })) {
      ++started;
    }
    crew.wait(watch);
    walk();  // nothing is left, unless no thread could be started
  }

  /// After run().
  void give_uses(std::vector<DamagedBlob>& damaged) {
    for (DamagedBlob& blob : damaged) {
      if (const auto found = damaged_.find(blob.expected); found != damaged_.end()) {
        give(found->second, blob);
      }
    }
  }

  std::vector<DamagedBlob> take_missing();
  void take_findings(Diagnostics& findings);

 private:
  /// Where an image's metadata lies: in a part, or in the plain bytes of a solid run.
  struct Place {
    std::uint16_t part = 0;
    std::uint32_t run = 0;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint32_t index = 0;  // of the image
  };

  /// Images whose metadata is another one's, or overlaps it, are left out, so that no table makes
  /// us decode it again and again. As in the plan, the one that ends first stays.
  void list_images() {
    std::vector<Place> places;
    const auto& rows = file_.image_rows();
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      const BlobEntry entry = file_.table().at(rows[i]);
      const std::uint64_t begin = entry.location.offset;
      places.push_back({entry.part, run_of(rows[i], entry), begin,
                        checked_add(begin, entry.location.stored_size)
                            .value_or(std::numeric_limits<std::uint64_t>::max()),
                        i + 1});
    }
    std::ranges::sort(places, {}, [](const Place& place) {
      return std::tuple(place.part, place.run, place.end, place.index);
    });
    const Place* last = nullptr;
    for (const Place& place : places) {
      if (last != nullptr && place.part == last->part && place.run == last->run &&
          place.begin < last->end) {
        ++shared_;
        continue;
      }
      images_.push_back(place.index);
      last = &place;
    }
    std::ranges::sort(images_);
  }

  /// Places of solid rows are those of their run. 0: none.
  std::uint32_t run_of(std::uint32_t row, const BlobEntry& entry) const {
    if (!entry.is_solid()) {
      return 0;
    }
    const auto runs = file_.table().solid_runs();
    const auto behind = std::ranges::upper_bound(runs, row, {}, &SolidRun::first);
    return static_cast<std::uint32_t>(behind - runs.begin());
  }

  void walk() {
    for (std::size_t i = next_++; i < images_.size() && !log_.stopped(); i = next_++) {
      walk_image(images_[i], findings_[i]);
    }
  }

  void walk_image(std::uint32_t index, Diagnostics& findings) {
    const auto parts = file_.image_parts(index);
    if (!parts) {
      findings.add("wim-metadata", parts.error());
      return;
    }
    const ByteBudget::Share share = memory_.take(parts->metadata->size());
    const auto walked = for_each_stream_use(
        *parts, file_.limits(),
        [&](const StreamUse& use) {
          note(index, use);
          return !log_.stopped();
        },
        findings, loader_threads_);
    if (!walked) {
      findings.add("wim-metadata", walked.error());
    }
  }

  void note(std::uint32_t index, const StreamUse& use) {
    if (const auto damaged = damaged_.find(use.hash); damaged != damaged_.end()) {
      const std::scoped_lock lock(mutex_);
      add(index, use, damaged->second);
    }
    const auto row = file_.table().find(use.hash);
    if (row && file_.table().is_open(file_.table().at(*row).part)) {
      return;
    }
    const std::scoped_lock lock(mutex_);
    auto missing = missing_.find(use.hash);
    if (missing == missing_.end()) {
      if (missing_.size() >= VerifyLog::max_damage) {
        ++untold_;
        return;
      }
      missing = missing_.try_emplace(use.hash).first;
    }
    add(index, use, missing->second);
  }

  /// Precondition: the lock is held.
  void add(std::uint32_t index, const StreamUse& use, BlobUses& blob) {
    ++blob.count;
    if (budget_.has_room(blob.uses.size())) {
      blob.uses.push_back({.image = index, .path = use.path()});
      budget_.take(blob.uses.back());
    }
  }

  /// The first blob of a hash has its uses, the others copies of as many as there is room for.
  void give(BlobUses& uses, DamagedBlob& blob) {
    blob.use_count = uses.count;
    if (uses.taken_by == nullptr) {
      uses.taken_by = &blob;
      std::map<std::uint32_t, std::vector<BlobUse>> by_image;  // each in the order of its walk
      for (BlobUse& use : uses.uses) {
        by_image[use.image].push_back(std::move(use));
      }
      for (auto& [unused, of_image] : by_image) {
        std::ranges::move(of_image, std::back_inserter(blob.uses));
      }
      return;
    }
    for (const BlobUse& use : uses.taken_by->uses) {
      if (!budget_.has_room(blob.uses.size())) {
        break;
      }
      blob.uses.push_back(use);
      budget_.take(use);
    }
  }

  const OpenedWim& file_;
  VerifyLog& log_;
  std::vector<std::uint32_t> images_;  // indexes of those that are walked
  std::size_t shared_ = 0;             // images that have another one's metadata
  std::vector<Diagnostics> findings_;  // of each in `images_`
  std::atomic<std::size_t> next_ = 0;
  unsigned loader_threads_ = 1;
  ByteBudget memory_{max_metadata_bytes};

  std::mutex mutex_;    // for what follows
  UsesByHash damaged_;  // no hash is added
  UsesByHash missing_;
  std::uint64_t untold_ = 0;  // uses of blobs that are not in `missing_`
  UseBudget budget_;
};

DamagedBlob missing_blob(const OpenedWim& file, const Sha1& hash) {
  DamagedBlob blob{
      .expected = hash,
      .found = std::nullopt,
      .size = 0,
      .part = 1,
      .error = Error(Status::not_found, fmt::format("blob {} is in no blob table", to_hex(hash))),
      .uses = {},
      .use_count = 0};
  if (const auto row = file.table().find(hash)) {
    const BlobEntry entry = file.table().at(*row);
    blob.size = entry.plain_size();
    blob.part = entry.part;
    blob.error =
        Error(Status::not_found, fmt::format("blob {} is in part {} of {}, which is missing",
                                             to_hex(hash), entry.part, file.parts().part_count));
  }
  return blob;
}

std::vector<DamagedBlob> UseFinder::take_missing() {
  std::vector<DamagedBlob> blobs;
  for (auto& [hash, uses] : missing_) {
    DamagedBlob blob = missing_blob(file_, hash);
    give(uses, blob);
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

void UseFinder::take_findings(Diagnostics& findings) {
  for (const Diagnostics& of_image : findings_) {
    findings.append(of_image);
  }
  if (shared_ != 0) {
    findings.add(Severity::note, "wim-shared-metadata",
                 fmt::format("{} images have the metadata of another one: uses of blobs are told "
                             "for that one",
                             shared_));
  }
  if (untold_ != 0) {
    findings.add(Severity::error, "wim-more-missing",
                 fmt::format("more than {} blobs are missing: {} uses of others are not told",
                             missing_.size(), untold_));
  }
}

}  // namespace

std::vector<DamagedBlob> find_uses(const OpenedWim& file, unsigned threads, VerifyLog& log,
                                   const std::function<void()>& watch,
                                   std::vector<DamagedBlob>& damaged, Diagnostics& findings) {
  UseFinder finder(file, damaged, log);
  finder.run(threads, watch);
  finder.give_uses(damaged);
  finder.take_findings(findings);
  return finder.take_missing();
}

}  // namespace casement::wim
