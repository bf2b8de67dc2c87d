// SPDX-License-Identifier: Apache-2.0
// Walking a tree with an explicit stack.
#include "vfs/fs/tree_walker.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/core/utf16.h"

namespace casement {

/// One open directory of the stack.
struct TreeWalker::Level {
  std::unique_ptr<DirReader> reader;
  NodeId directory;
  std::u16string path;
  std::uint32_t entries = 0;
  std::uint32_t errors = 0;
};

TreeWalker::TreeWalker(FileSystemPtr file_system, NodeId directory, std::u16string path,
                       TreeOptions options)
    : file_system_(std::move(file_system)), options_(options) {
  // The start is entered like any other directory, at the first call.
  pending_.emplace();
  pending_->path = std::move(path);
  pending_->entry.node = directory;
  pending_->entry.kind = NodeKind::directory;
}

TreeWalker::TreeWalker(const FileSystemPtr& file_system, TreeOptions options)
    : TreeWalker(file_system, file_system->root(), {}, options) {}

TreeWalker::~TreeWalker() = default;
TreeWalker::TreeWalker(TreeWalker&&) noexcept = default;
TreeWalker& TreeWalker::operator=(TreeWalker&&) noexcept = default;

void TreeWalker::skip_children() noexcept {
  if (!levels_.empty()) {
    pending_.reset();
  }
}

/// Opens the directory that was given last.
Result<void> TreeWalker::enter_pending() {
  const TreeEntry directory = *std::exchange(pending_, std::nullopt);
  const auto name = [&] { return directory.path.empty() ? "\\" : to_utf8(directory.path); };
  if (levels_.size() >= options_.limits.max_path_depth) {
    return fail(Status::limit_exceeded, fmt::format("{}: below {} directories, not entered", name(),
                                                    options_.limits.max_path_depth));
  }
  if (!entered_.insert(directory.entry.node.value).second) {
    return fail(Status::corrupt,
                fmt::format("{}: a directory that was met before, not entered again", name()));
  }
  Level level;
  level.reader = CASEMENT_TRY(file_system_->read_dir(directory.entry.node).with_context(name));
  level.directory = directory.entry.node;
  level.path = directory.path;
  levels_.push_back(std::move(level));
  return {};
}

/// Counts an entry of the innermost directory and remembers it when it is to be entered.
Result<std::optional<TreeEntry>> TreeWalker::accept(DirEntry entry) {
  Level& level = levels_.back();
  if (level.entries >= options_.limits.max_directory_entries) {
    const std::u16string path = std::move(level.path);
    levels_.pop_back();
    return fail(Status::limit_exceeded,
                fmt::format("{}: more than {} entries, the rest is left out", to_utf8(path),
                            options_.limits.max_directory_entries));
  }
  if (given_ >= options_.max_entries) {
    levels_.clear();
    ended_ = true;
    return fail(Status::limit_exceeded,
                fmt::format("walk ended after {} entries", options_.max_entries));
  }
  ++level.entries;
  ++given_;
  TreeEntry found;
  found.path = level.path + u'\\' + entry.name;
  found.entry = std::move(entry);
  found.parent = level.directory;
  found.depth = static_cast<std::uint32_t>(levels_.size());
  if (found.entry.kind == NodeKind::directory) {
    pending_ = found;
  }
  return std::optional<TreeEntry>(std::move(found));
}

Result<std::optional<TreeEntry>> TreeWalker::next() {
  if (pending_ && !ended_) {
    CASEMENT_TRY(enter_pending());
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    auto entry = level.reader->next();
    if (!entry) {
      const std::u16string path = level.path;
      if (++level.errors >= options_.max_errors_per_directory) {
        levels_.pop_back();
      }
      return std::unexpected(std::move(entry).error().context(to_utf8(path)));
    }
    if (*entry) {
      return accept(**std::move(entry));
    }
    levels_.pop_back();
  }
  return std::optional<TreeEntry>();
}

}  // namespace casement
