// SPDX-License-Identifier: Apache-2.0
// The entries of an open directory, by position.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "vfs/fs/file_system.h"

namespace casement::cli {

/// Told of damage and of what cannot be shown, from any thread.
using FindingSink = std::function<void(const std::string& finding)>;

/// One entry as a mount shows it.
struct ListedEntry {
  std::string file_name;
  DirEntry entry;
};

/// Reads a directory once, as far as it is asked for, and keeps it: the position of an entry is the
/// same however often and in whatever pieces it is read. Thread-safe.
class DirectoryList {
 public:
  /// Entries whose names cannot be shown, and those that are damaged, are left out and said to
  /// `findings`.
  DirectoryList(std::unique_ptr<DirReader> reader, FindingSink findings);

  /// null: behind the end. Valid as long as the list.
  const ListedEntry* at(std::size_t position);

 private:
  /// A damaged index may give errors without end.
  static constexpr std::uint32_t max_errors = 1000;

  void read_more();

  std::mutex mutex_;
  std::unique_ptr<DirReader> reader_;  // null at the end
  FindingSink findings_;
  std::deque<ListedEntry> entries_;  // never moved: at() gives addresses
  std::uint32_t errors_ = 0;
};

}  // namespace casement::cli
