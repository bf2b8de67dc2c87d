// SPDX-License-Identifier: Apache-2.0
// Every entry of an image, depth first, from metadata in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/error.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/dentry_list.h"
#include "vfs/wim/dentry_names.h"
#include "vfs/wim/dentry_streams.h"
#include "vfs/wim/metadata_view.h"
#include "vfs/wim/tree_links.h"

namespace casement::wim {

/// Directories nested deeper are not entered. Paths of Windows end at half of it.
inline constexpr std::size_t max_tree_depth = 16'384;

struct PassEntry {
  ListedDentry listed;
  NodeId parent;
  std::uint32_t depth = 1;  // 1: in the root
};

/// A directory comes before what is in it; reparse points that are directories and have entries are
/// entered like others. Belongs to one thread.
class TreePass {
 public:
  /// The root is not given. Precondition: `view` outlives this.
  TreePass(MetadataView& view, const Dentry& root, std::uint32_t max_directory_entries);

  /// The next entry, or nullopt at the end. An Error concerns one entry or one directory: call
  /// again. Errors: as DentryList::next(); corrupt for a directory that lies in itself or has the
  /// entries of another one, limit_exceeded for one that is too deep: they are given, not entered.
  Result<std::optional<PassEntry>> next();

  /// Names of the entry that next() gave, until it is called again.
  const DentryText& text() const noexcept { return text_; }

  /// Path of the directory that it lies in: "" for the root, else "\Windows".
  std::u16string_view directory_path() const noexcept {
    return std::u16string_view(path_).substr(0, levels_.empty() ? 0 : levels_.back().path_size);
  }

 private:
  struct Level {
    DentryList list;
    NodeId directory;
    std::size_t path_size = 0;  // units of path_
    std::uint32_t errors = 0;
  };

  Result<void> enter();
  void leave();
  std::string where() const;
  Error overlap() const;

  MetadataView& view_;
  std::uint32_t max_directory_entries_;
  VisitedLists visited_;
  std::uint64_t budget_;  // bytes of entries that can still come when none are met twice
  std::vector<Level> levels_;
  std::optional<Dentry> pending_;  // a directory to enter
  std::u16string path_;            // of the innermost level; behind it the name of pending_
  DentryText text_;
};

}  // namespace casement::wim
