// SPDX-License-Identifier: Apache-2.0
// A whole-volume scan for file systems whose directories say everything of their entries.
#pragma once

#include <fmt/format.h>

#include <cstdint>
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
/// `Volume` is a cheap handle with:
///   types Node and Reader; Reader::next() gives Result<std::optional<Entry>> with members `node`,
///     `name` and `short_name` (views that are valid until its next call);
///   const Limits& limits() const;
///   Reader root() const; Result<Reader> enter(const Node&) const: a directory's entries;
///   NodeId id(const Node&) const; NodeInfo info(const Node&) const; bool deleted(const Node&)
///   const; std::uint64_t place(const Node&) const: what no two directories share, such as their
///   first
///     cluster; std::uint64_t root_place() const.
template <class Volume>
class DirectoryScan final : public VolumeScan {
 public:
  explicit DirectoryScan(Volume volume) : volume_(std::move(volume)) {
    levels_.push_back({volume_.root(), {0}, {}, 0});
    entered_.insert(volume_.root_place());
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
  using Node = typename Volume::Node;
  using Reader = typename Volume::Reader;

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

  template <class Entry>
  Result<std::optional<ScanEntry>> give(const Entry& found) {
    if (given_ == max_entries) {
      levels_.clear();
      return fail(Status::limit_exceeded, fmt::format("scan ended after {} entries", given_));
    }
    ++given_;
    ScanEntry entry;
    entry.node = volume_.id(found.node);
    entry.parent = levels_.back().node;
    entry.name = found.name;
    entry.short_name = found.short_name;
    entry.info = volume_.info(found.node);
    entry.depth = static_cast<std::uint32_t>(levels_.size());
    entry.deleted = volume_.deleted(found.node);
    if (entry.info.kind == NodeKind::directory) {
      pending_ = Pending{found.node, levels_.back().path + u'\\' + std::u16string(found.name)};
    }
    return std::optional(entry);
  }

  /// Goes into the directory that was given last.
  Result<void> enter() {
    Pending directory = *std::exchange(pending_, std::nullopt);
    const auto where = [&] { return to_utf8(directory.path); };
    if (levels_.size() >= volume_.limits().max_path_depth) {
      return fail(Status::limit_exceeded,
                  fmt::format("{}: deeper than {} directories", where(), levels_.size()));
    }
    auto content = volume_.enter(directory.node);
    if (!content && volume_.deleted(directory.node)) {
      return {};  // overwritten, as one expects
    }
    Reader reader = CASEMENT_TRY(std::move(content).with_context(where));
    const std::uint64_t place = volume_.place(directory.node);
    if (!entered_.insert(place).second) {
      return fail(
          Status::corrupt,
          fmt::format("{}: cluster {} was met before, as another directory", where(), place));
    }
    levels_.push_back(
        {std::move(reader), volume_.id(directory.node), std::move(directory.path), 0});
    return {};
  }

  Volume volume_;
  std::vector<Level> levels_;
  std::unordered_set<std::uint64_t> entered_;  // places
  std::optional<Pending> pending_;
  std::uint64_t given_ = 0;
};

}  // namespace casement
