// SPDX-License-Identifier: Apache-2.0
// Listing one directory, a tree, or a volume with its deleted entries.
#include "tools/casement/commands/list_walk.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "tools/casement/commands/link_text.h"
#include "tools/casement/render/path_text.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_scan.h"

namespace casement::cli {
namespace {

/// Which entries of a scan of a whole volume lie below one directory.
class Below {
 public:
  explicit Below(const FoundFile& start)
      : start_(start.node), entered_(start.node == start.file_system->root()) {}

  enum class Place : std::uint8_t { before, inside, behind };

  Place place_of(const ScanEntry& entry) {
    if (!entered_) {
      entered_ = entry.node == start_ && !entry.deleted;
      depth_ = entry.depth;
      return Place::before;
    }
    return entry.depth > depth_ ? Place::inside : Place::behind;
  }

  bool entered() const noexcept { return entered_; }
  /// Precondition: the entry is inside. 1: in the directory itself.
  std::uint32_t depth_of(const ScanEntry& entry) const noexcept { return entry.depth - depth_; }

 private:
  NodeId start_;
  bool entered_;
  std::uint32_t depth_ = 0;  // of the directory; 0: the root
};

/// A pass over the whole volume costs about as much as walking a fifth of it directory by
/// directory. A directory of the root, such as \Windows, may well be most of its volume.
bool is_near_root(const FoundFile& start) {
  return std::ranges::count(start.path, u'\\') <= 1;
}

class Lister {
 public:
  Lister(const FoundFile& start, const LsOptions& options, ListWriter& writer, Output& output,
         DamageReport& damage)
      : start_(start),
        file_system_(*start.file_system),
        options_(options),
        writer_(writer),
        output_(output),
        damage_(damage),
        path_(start.full_path(), writer.escaping()) {}

  Result<bool> run() {
    if (start_.kind != NodeKind::directory) {
      return list_itself();
    }
    if (options_.deleted || (options_.recursive && is_near_root(start_))) {
      const std::unique_ptr<VolumeScan> scan = open_scan();
      if (scan && list_scan(*scan)) {
        return !stopped_;
      }
    }
    if (options_.recursive) {
      return walk();
    }
    return read_directory();
  }

 private:
  Result<bool> list_itself() {
    const NodeInfo info = CASEMENT_TRY(file_system_.stat(start_.node).with_context([this] {
      return to_utf8(start_.full_path());
    }));
    auto entry = CASEMENT_TRY(find_entry(start_));
    if (!entry) {
      entry.emplace();
      entry->node = start_.node;
    }
    const std::u16string full = start_.full_path();
    PathText above(std::u16string_view(full).substr(0, full.rfind(u'\\')), writer_.escaping());
    const ListedPath path = above.enter(1, entry->name, false);
    return emit(
        path,
        {.node = start_.node, .name = entry->name, .short_name = entry->short_name, .info = &info});
  }

  /// null: the file system has no such pass, or it cannot be made; then directories are read.
  std::unique_ptr<VolumeScan> open_scan() {
    auto scan = file_system_.scan({.deleted = options_.deleted});
    if (!scan) {
      damage_.add("", scan.error().message());
      return nullptr;
    }
    if (!*scan && options_.deleted) {
      say_note("this file system keeps no traces of deleted entries that could be listed");
    }
    return std::move(scan).take();
  }

  /// False: the scan never came to the directory, so that nothing was listed.
  bool list_scan(VolumeScan& scan) {
    Below below(start_);
    while (!stopped_) {
      const auto next = scan.next();
      if (!next) {
        if (below.entered()) {
          damage_.add("", next.error().message());
        }
        continue;
      }
      if (!*next) {
        break;
      }
      const Below::Place place = below.place_of(**next);
      if (place == Below::Place::behind) {
        break;
      }
      if (place == Below::Place::inside) {
        list(**next, below.depth_of(**next));
      }
    }
    return below.entered();
  }

  Result<bool> walk() {
    // A directory that cannot be read at all is an error and no empty list.
    CASEMENT_TRY(file_system_.read_dir(start_.node));
    const bool is_root = start_.path == u"\\";
    const auto scan =
        walk_tree(start_.file_system, start_.node, is_root ? std::u16string() : start_.path);
    while (!stopped_) {
      const auto next = scan->next();
      if (!next) {
        damage_.add("", next.error().message());
        continue;
      }
      if (!*next) {
        break;
      }
      list(**next, (*next)->depth);
    }
    return !stopped_;
  }

  void list(const ScanEntry& entry, std::uint32_t depth) {
    if (depth != 1 && !options_.recursive) {
      return;
    }
    const bool is_directory = entry.info.kind == NodeKind::directory;
    const ListedPath path = entry.orphan && depth == 1
                                ? path_.enter_orphan(entry.name, is_directory)
                                : path_.enter(depth, entry.name, is_directory);
    emit(path, {.node = entry.node,
                .name = entry.name,
                .short_name = entry.short_name,
                .info = &entry.info,
                .deleted = entry.deleted,
                .orphan = entry.orphan});
  }

  Result<bool> read_directory() {
    const auto reader = CASEMENT_TRY(file_system_.read_dir(start_.node));
    while (!stopped_) {
      const auto next = reader->next();
      if (!next) {
        damage_.add(to_utf8(start_.full_path()), next.error().message());
        continue;
      }
      if (!*next) {
        break;
      }
      const DirEntry& entry = **next;
      const ListedPath path = path_.enter(1, entry.name, false);
      const auto info = file_system_.stat(entry.node);
      if (!info) {
        damage_.add(place(path), info.error().message());
        continue;
      }
      emit(
          path,
          {.node = entry.node, .name = entry.name, .short_name = entry.short_name, .info = &*info});
    }
    return !stopped_;
  }

  /// Completes an entry and writes it. False: nothing can be written any more.
  bool emit(const ListedPath& path, ListedEntry entry) {
    std::optional<std::u16string> target;
    if (entry.info->kind == NodeKind::reparse_point && options_.format != ListFormat::names) {
      target = read_target(path, entry.node);
      entry.target = target ? std::u16string_view(*target) : std::u16string_view();
    }
    if (options_.streams) {
      read_streams(path, entry.node);
      entry.streams = &streams_;
    }
    writer_.entry(path, entry);
    stopped_ = !output_.flush_if_full();
    return !stopped_;
  }

  std::optional<std::u16string> read_target(const ListedPath& path, NodeId node) {
    auto target = link_target_text(file_system_, node);
    if (target) {
      return std::move(target).take();
    }
    // A mount that hides the buffer of a tag that it does not know has damaged nothing.
    if (target.error().status() != Status::unsupported) {
      damage_.add(place(path), target.error().message());
    }
    return std::nullopt;
  }

  void read_streams(const ListedPath& path, NodeId node) {
    streams_.clear();
    auto streams = file_system_.streams(node);
    if (!streams) {
      damage_.add(place(path), streams.error().message());
      return;
    }
    for (StreamInfo& stream : *streams) {
      if (!stream.name.empty()) {
        streams_.push_back(std::move(stream));
      }
    }
  }

  /// The path for a message: as it is, whatever the writer escapes.
  std::string place(const ListedPath& path) const {
    std::string text(path.full);
    if (writer_.escaping() == Escaping::json) {
      for (std::size_t at = 0; (at = text.find("\\\\", at)) != std::string::npos; ++at) {
        text.erase(at, 1);
      }
    }
    return text;
  }

  const FoundFile& start_;
  const FileSystem& file_system_;
  const LsOptions& options_;
  ListWriter& writer_;
  Output& output_;
  DamageReport& damage_;
  PathText path_;
  std::vector<StreamInfo> streams_;
  bool stopped_ = false;  // nothing can be written any more
};

}  // namespace

Result<bool> list_files(const FoundFile& start, const LsOptions& options, ListWriter& writer,
                        Output& output, DamageReport& damage) {
  return Lister(start, options, writer, output, damage).run();
}

}  // namespace casement::cli
