// SPDX-License-Identifier: Apache-2.0
// Reading directories piece by piece.
#include "tools/casement/fuse/directory_list.h"

#include <fmt/format.h>

#include <utility>

#include "tools/casement/fuse/file_name.h"
#include "vfs/core/utf16.h"

namespace casement::cli {

DirectoryList::DirectoryList(std::unique_ptr<DirReader> reader, FindingSink findings)
    : reader_(std::move(reader)), findings_(std::move(findings)) {}

const ListedEntry* DirectoryList::at(std::size_t position) {
  const std::scoped_lock lock(mutex_);
  while (reader_ && position >= entries_.size()) {
    read_more();
  }
  return position < entries_.size() ? &entries_[position] : nullptr;
}

void DirectoryList::read_more() {
  auto entry = reader_->next();
  if (!entry) {
    findings_(entry.error().message());
    if (++errors_ == max_errors) {
      reader_.reset();
    }
    return;
  }
  if (!*entry) {
    reader_.reset();
    return;
  }
  auto file_name = to_file_name((*entry)->name);
  if (!file_name) {
    findings_(fmt::format("a name that no file system can show is left out: \"{:.200}\"",
                          to_utf8((*entry)->name)));
    return;
  }
  entries_.push_back({*std::move(file_name), **std::move(entry)});
}

}  // namespace casement::cli
