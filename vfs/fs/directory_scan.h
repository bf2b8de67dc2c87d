// SPDX-License-Identifier: Apache-2.0
// A whole-volume scan for file systems whose directories say everything of their entries.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Goes through the directories in depth, each once, so that no entry costs a read of its own.
///
/// `Volume` has limits(), geometry() with the member `root_cluster`, root(), and directory(node)
/// with the Result of what a `Reader` reads.
/// `Reader` is made of the volume, a directory, and whether deleted entries are given as well; its
/// type Entry has the members `node`, `name` and, where there are any, `short_name` (views that are
/// valid until the next call); next() gives Result<std::optional<Entry>>.
/// A node has the member `deleted`, id(), info(geometry) and place(geometry): what no two
/// directories share, such as their first cluster.
template <class Volume, class Reader>
class DirectoryScan final : public VolumeScan {
 public:
  DirectoryScan(std::shared_ptr<const Volume> volume, const ScanOptions& options)
      : volume_(std::move(volume)), options_(options) {
    levels_.push_back({Reader(volume_, volume_->root(), options_.deleted), {0}, {}, 0});
    entered_.insert(volume_->geometry().root_cluster);
  }

  Result<std::optional<ScanEntry>> next() override {
    if (pending_) {
      CASEMENT_TRY(enter());
    }
    while (!levels_.empty()) {
      Level& level = levels_.back();
      auto entry = level.reader.next();
      if (!entry) {
        const std::u16string path = level.path;
        if (++level.errors == max_errors) {
          levels_.pop_back();
        }
        return std::unexpected(std::move(entry).error().context(to_utf8(path)));
      }
      if (*entry) {
        return give(**entry);
      }
      levels_.pop_back();
    }
    return std::optional<ScanEntry>();
  }

 private:
  using Entry = typename Reader::Entry;
  using Node = decltype(Entry::node);

  /// Errors taken from one directory before the rest of it is given up.
  static constexpr std::uint32_t max_errors = 1000;
  /// No volume has as many; directories that share clusters could go on as good as for ever.
  static constexpr std::uint64_t max_entries = 100'000'000;

  struct Level {
    Reader reader;
    NodeId node;
    std::u16string path;
    std::uint32_t errors = 0;
  };
  struct Pending {
    Node node;
    std::u16string path;
  };

  Result<std::optional<ScanEntry>> give(const Entry& found) {
    if (given_ == max_entries) {
      levels_.clear();
      return fail(Status::limit_exceeded, fmt::format("scan ended after {} entries", given_));
    }
    ++given_;
    ScanEntry entry;
    entry.node = found.node.id();
    entry.parent = levels_.back().node;
    entry.name = found.name;
    if constexpr (requires { found.short_name; }) {
      entry.short_name = found.short_name;
    }
    entry.info = found.node.info(volume_->geometry());
    entry.depth = static_cast<std::uint32_t>(levels_.size());
    entry.deleted = found.node.deleted;
    if (entry.info.kind == NodeKind::directory) {
      pending_ = Pending{found.node, levels_.back().path + u'\\' + std::u16string(found.name)};
    }
    return std::optional(entry);
  }

  /// Goes into the directory that was given last.
  Result<void> enter() {
    Pending directory = *std::exchange(pending_, std::nullopt);
    const auto where = [&] { return to_utf8(directory.path); };
    if (levels_.size() >= volume_->limits().max_path_depth) {
      return fail(Status::limit_exceeded,
                  fmt::format("{}: deeper than {} directories", where(), levels_.size()));
    }
    auto content = volume_->directory(directory.node);
    if (!content && directory.node.deleted) {
      return {};  // overwritten, as one expects
    }
    Reader reader(volume_, CASEMENT_TRY(std::move(content).with_context(where)), options_.deleted);
    const std::uint64_t place = directory.node.place(volume_->geometry());
    if (!entered_.insert(place).second) {
      return fail(
          Status::corrupt,
          fmt::format("{}: cluster {} was met before, as another directory", where(), place));
    }
    levels_.push_back({std::move(reader), directory.node.id(), std::move(directory.path), 0});
    return {};
  }

  std::shared_ptr<const Volume> volume_;
  ScanOptions options_;
  std::vector<Level> levels_;
  std::unordered_set<std::uint64_t> entered_;  // places
  std::optional<Pending> pending_;
  std::uint64_t given_ = 0;
};

}  // namespace casement
