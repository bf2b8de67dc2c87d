// SPDX-License-Identifier: Apache-2.0
// A walk with an explicit stack.
#include "vfs/wim/tree_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement::wim {
namespace {

/// Errors taken from one directory before the rest of it is given up.
constexpr std::uint32_t max_errors = 1000;

/// Units of a path in a message: hostile ones are as long as the metadata.
constexpr std::size_t max_path_shown = 600;

}  // namespace

TreePass::TreePass(MetadataView& view, const Dentry& root, std::uint32_t max_directory_entries)
    : view_(view),
      max_directory_entries_(max_directory_entries),
      visited_(view.size()),
      budget_(view.size()),
      pending_(root) {}

Result<std::optional<PassEntry>> TreePass::next() {
  if (pending_) {
    Result<void> entered = enter();
    if (!entered) {
      path_.resize(directory_path().size());
      return std::unexpected(std::move(entered).error());
    }
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    const std::uint64_t before = level.list.bytes_read();
    auto found = level.list.next(view_, max_directory_entries_, text_);
    const std::uint64_t taken = level.list.bytes_read() - before;
    if (taken > budget_) {
      Error error = overlap();
      levels_.clear();
      return std::unexpected(std::move(error));
    }
    budget_ -= taken;
    if (!found) {
      Error error = std::move(found).error().context(where());
      if (++level.errors == max_errors) {
        leave();
      }
      return std::unexpected(std::move(error));
    }
    if (!*found) {
      leave();
      continue;
    }
    PassEntry entry{**found, level.directory, static_cast<std::uint32_t>(levels_.size())};
    if (entry.listed.dentry.is_directory() && entry.listed.dentry.subdir_offset != 0) {
      pending_ = entry.listed.dentry;
      path_.resize(level.path_size);
      path_ += u'\\';
      path_ += text_.name;
    }
    return std::optional(std::move(entry));
  }
  return std::optional<PassEntry>();
}

/// Goes into the directory that was given last.
Result<void> TreePass::enter() {
  const Dentry directory = *std::exchange(pending_, std::nullopt);
  const std::uint64_t begin = directory.subdir_offset;
  if (begin == 0) {
    return {};  // an empty root
  }
  if (levels_.size() >= max_tree_depth) {
    return fail(Status::limit_exceeded,
                fmt::format("{}: below {} directories, not entered", where(), levels_.size()));
  }
  if (begin < view_.size() && !visited_.add(begin)) {
    const bool loop = std::ranges::any_of(
        levels_, [&](const Level& level) { return level.list.begin() == begin; });
    return fail(
        Status::corrupt,
        fmt::format("{}: its entries, at 0x{:x} of the metadata, are those of {}, not "
                    "entered",
                    where(), begin, loop ? "a directory that it lies in" : "another directory"));
  }
  levels_.push_back({DentryList(begin), {directory.offset}, path_.size(), 0});
  return {};
}

void TreePass::leave() {
  levels_.pop_back();
  path_.resize(levels_.empty() ? 0 : levels_.back().path_size);
}

std::string TreePass::where() const {
  if (path_.empty()) {
    return "\\";
  }
  return path_.size() <= max_path_shown
             ? to_utf8(path_)
             : "..." + to_utf8(std::u16string_view(path_).substr(path_.size() - max_path_shown));
}

Error TreePass::overlap() const {
  return Error(
      Status::corrupt,
      fmt::format("{}: the pass ended, because directories overlap: there are more entries "
                  "than the {} bytes of metadata can hold",
                  where(), view_.size()));
}

}  // namespace casement::wim
