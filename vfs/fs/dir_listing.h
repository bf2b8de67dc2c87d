// SPDX-License-Identifier: Apache-2.0
// Directories that are read whole: their entries, lookups in them, and those read last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// One directory: its entries in their order, and an Error wherever something could not be read.
class DirListing {
 public:
  using Item = std::variant<DirEntry, Error>;

  explicit DirListing(std::vector<Item> items);

  const std::vector<Item>& items() const noexcept { return items_; }
  /// The cost of keeping it, roughly.
  std::uint64_t bytes() const noexcept { return bytes_; }

  /// By long name, without regard to case; an exact match wins, else the first. When there is none,
  /// the first Error: what could not be read may have been the name.
  Result<std::optional<DirEntry>> find(std::u16string_view name) const;

 private:
  const DirEntry& entry(std::uint32_t position) const;

  std::vector<Item> items_;
  std::vector<std::uint32_t> folded_;  // positions of entries, by folded name, then position
  std::optional<std::size_t> first_error_;
  std::uint64_t bytes_ = 0;
};

using DirListingPtr = std::shared_ptr<const DirListing>;

/// Precondition: not null.
std::unique_ptr<DirReader> make_dir_reader(DirListingPtr listing);

/// The listings that were used last, under a budget. Thread-safe.
class DirListingCache {
 public:
  /// One that is larger than the budget is kept, alone.
  explicit DirListingCache(std::uint64_t max_bytes) : max_bytes_(max_bytes) {}

  /// That of `directory`, made by `make` when it is not there. Two threads may make the same one at
  /// the same time. An Error of `make` is not remembered.
  Result<DirListingPtr> get(NodeId directory, const std::function<Result<DirListingPtr>()>& make);

 private:
  using Recent = std::list<std::pair<std::uint64_t, DirListingPtr>>;

  std::uint64_t max_bytes_;
  std::mutex mutex_;
  Recent recent_;  // the front was used last
  std::unordered_map<std::uint64_t, Recent::iterator> found_;
  std::uint64_t bytes_ = 0;
};

}  // namespace casement
