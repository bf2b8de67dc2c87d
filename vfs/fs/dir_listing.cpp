// SPDX-License-Identifier: Apache-2.0
// An index by folded name over the entries of a directory; least recently used ones go first.
#include "vfs/fs/dir_listing.h"

#include <algorithm>

#include "vfs/core/upcase.h"

namespace casement {
namespace {

class ListingReader final : public DirReader {
 public:
  explicit ListingReader(DirListingPtr listing) : listing_(std::move(listing)) {}

  Result<std::optional<DirEntry>> next() override {
    if (position_ == listing_->items().size()) {
      return std::optional<DirEntry>();
    }
    const DirListing::Item& item = listing_->items()[position_++];
    if (const auto* error = std::get_if<Error>(&item)) {
      return std::unexpected(*error);
    }
    return std::optional(std::get<DirEntry>(item));
  }

 private:
  DirListingPtr listing_;
  std::size_t position_ = 0;
};

}  // namespace

DirListing::DirListing(std::vector<Item> items) : items_(std::move(items)) {
  folded_.reserve(items_.size());
  for (std::size_t i = 0; i < items_.size(); ++i) {
    bytes_ += sizeof(Item) + sizeof(std::uint32_t);
    if (const auto* entry = std::get_if<DirEntry>(&items_[i])) {
      bytes_ += (entry->name.size() + entry->short_name.size()) * sizeof(char16_t);
      folded_.push_back(static_cast<std::uint32_t>(i));
    } else if (!first_error_) {
      first_error_ = i;
    }
  }
  std::ranges::sort(folded_, [this](std::uint32_t a, std::uint32_t b) {
    const auto order = compare_folded(entry(a).name, entry(b).name);
    return order != 0 ? order < 0 : a < b;
  });
}

const DirEntry& DirListing::entry(std::uint32_t position) const {
  return std::get<DirEntry>(items_[position]);
}

Result<std::optional<DirEntry>> DirListing::find(std::u16string_view name) const {
  const auto first = std::ranges::lower_bound(
      folded_, name, [](auto a, auto b) { return compare_folded(a, b) < 0; },
      [this](std::uint32_t i) { return std::u16string_view(entry(i).name); });
  std::optional<DirEntry> found;
  for (auto at = first; at != folded_.end() && equals_folded(entry(*at).name, name); ++at) {
    if (entry(*at).name == name) {
      return std::optional(entry(*at));
    }
    if (!found) {
      found = entry(*at);
    }
  }
  if (!found && first_error_) {
    return std::unexpected(std::get<Error>(items_[*first_error_]));
  }
  return found;
}

std::unique_ptr<DirReader> make_dir_reader(DirListingPtr listing) {
  return std::make_unique<ListingReader>(std::move(listing));
}

Result<DirListingPtr> DirListingCache::get(NodeId directory,
                                           const std::function<Result<DirListingPtr>()>& make) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = found_.find(directory.value); known != found_.end()) {
      recent_.splice(recent_.begin(), recent_, known->second);
      return known->second->second;
    }
  }
  DirListingPtr listing = CASEMENT_TRY(make());
  const std::scoped_lock lock(mutex_);
  if (const auto known = found_.find(directory.value); known != found_.end()) {
    return known->second->second;  // another thread was faster
  }
  recent_.emplace_front(directory.value, listing);
  found_.emplace(directory.value, recent_.begin());
  bytes_ += listing->bytes();
  while (bytes_ > max_bytes_ && recent_.size() > 1) {
    bytes_ -= recent_.back().second->bytes();
    found_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return listing;
}

}  // namespace casement
