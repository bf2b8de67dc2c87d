// SPDX-License-Identifier: Apache-2.0
// Subkey lists: li, lf, lh and ri.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/hive/hive.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/hive_layout.h"
#include "engine/hive/key.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

using hive_layout::ListHeader;
using hive_layout::no_cell;

constexpr std::uint16_t li = 0x696C;
constexpr std::uint16_t lf = 0x666C;
constexpr std::uint16_t lh = 0x686C;
constexpr std::uint16_t ri = 0x6972;

std::uint32_t hash_name(std::u16string_view name) noexcept {
  std::uint32_t hash = 0;
  for (const char16_t unit : name) {
    hash = hash * 37 + upcase(unit);
  }
  return hash;
}

/// May a key of this name carry this lf hint (the first four Latin-1 characters, as stored)? A zero
/// byte says nothing more about the name.
bool matches_hint(Bytes hint, std::u16string_view name) noexcept {
  for (std::size_t i = 0; i < 4; ++i) {
    const auto unit = static_cast<char16_t>(std::to_integer<unsigned>(hint[i]));
    if (unit == 0) {
      return i == 0 || i == name.size();
    }
    if (i >= name.size() || upcase(unit) != upcase(name[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

SubkeyReader::SubkeyReader(const Key& parent) noexcept
    : hive_(&parent.hive()),
      parent_(parent.offset()),
      list_offset_(parent.subkey_list()),
      claimed_(parent.subkey_count()),
      last_child_(no_cell) {}

Result<SubkeyReader::Leaf> SubkeyReader::open_leaf(std::uint32_t offset) const {
  const Bytes cell = CASEMENT_TRY(hive_->image().cell(offset, sizeof(ListHeader), "subkey list"));
  Leaf leaf;
  const auto signature = get_le<std::uint16_t>(cell, 0);
  leaf.count = get_le<std::uint16_t>(cell, offsetof(ListHeader, count));
  switch (signature) {
    case li:
      break;
    case lf:
      leaf.kind = Leaf::Kind::name_hints;
      leaf.stride = 8;
      break;
    case lh:
      leaf.kind = Leaf::Kind::hashes;
      leaf.stride = 8;
      break;
    default:
      return fail(Status::corrupt,
                  fmt::format("subkey list at 0x{:x}: signature 0x{:04x}, expected li, lf or lh",
                              HiveImage::file_offset(offset), signature));
  }
  leaf.entries = cell.subspan(sizeof(ListHeader));
  const auto present = static_cast<std::uint32_t>(leaf.entries.size() / leaf.stride);
  leaf.overstated = leaf.count > present;
  leaf.count = std::min(leaf.count, present);
  return leaf;
}

Result<void> SubkeyReader::open_list() {
  opened_ = true;
  if (claimed_ == 0) {
    finished_ = true;  // Windows leaves a stale list offset behind
    return {};
  }
  finished_ = true;  // until the list turns out to be readable
  list_failed_ = true;
  if (list_offset_ == no_cell) {
    return fail(Status::corrupt,
                fmt::format("key node at 0x{:x}: claims {} subkeys but has no list",
                            HiveImage::file_offset(parent_), claimed_));
  }
  const Bytes cell =
      CASEMENT_TRY(hive_->image().cell(list_offset_, sizeof(ListHeader), "subkey list"));
  if (get_le<std::uint16_t>(cell, 0) == ri) {
    const std::size_t claimed = get_le<std::uint16_t>(cell, offsetof(ListHeader, count));
    const std::size_t present = (cell.size() - sizeof(ListHeader)) / 4;
    overstated_ = claimed > present;
    index_ = cell.subspan(sizeof(ListHeader), std::min(claimed, present) * 4);
  } else {
    leaf_ = CASEMENT_TRY(open_leaf(list_offset_));
    overstated_ = leaf_.overstated;
  }
  finished_ = false;
  list_failed_ = false;
  return {};
}

Result<bool> SubkeyReader::advance_leaf() {
  if (!opened_) {
    CASEMENT_TRY(open_list());
  }
  while (!finished_ && leaf_.position == leaf_.count) {
    if (index_.empty()) {
      finished_ = true;
      break;
    }
    const auto offset = get_le<std::uint32_t>(index_, 0);
    index_ = index_.subspan(4);
    leaf_ = Leaf{};
    Result<Leaf> leaf = open_leaf(offset);
    if (!leaf) {
      list_failed_ = true;  // its entries are missing: no need to say so twice
      return std::unexpected(std::move(leaf).error());
    }
    leaf_ = std::move(leaf).take();
    overstated_ = overstated_ || leaf_.overstated;
  }
  return !finished_;
}

Result<Key> SubkeyReader::load_child(std::uint32_t offset) const {
  Key child = CASEMENT_TRY(hive_->key_at(offset));
  if (offset == parent_ || child.is_root()) [[unlikely]] {
    return fail(Status::corrupt,
                fmt::format("key node at 0x{:x}: listed below the key at 0x{:x}, but it is {}",
                            HiveImage::file_offset(offset), HiveImage::file_offset(parent_),
                            child.is_root() ? "the root" : "that key"));
  }
  child.has_other_parent_ = child.parent_offset() != parent_;
  return child;
}

/// Entries that may be read: no sound key has more subkeys than its hive has room for, but a list
/// that is named again and again can pretend to.
std::uint32_t SubkeyReader::entry_limit() const noexcept {
  const auto room =
      static_cast<std::uint32_t>(hive_->image().bins_size() / sizeof(hive_layout::KeyNode));
  return std::min({claimed_, hive_->limits().max_key_entries, room});
}

Error SubkeyReader::too_many_entries() const {
  return {Status::corrupt,
          fmt::format("key node at 0x{:x}: more than {} subkeys listed; the key claims {}",
                      HiveImage::file_offset(parent_), entry_limit(), claimed_)};
}

Result<std::optional<Key>> SubkeyReader::next() {
  const bool more = CASEMENT_TRY(advance_leaf());
  if (!more) {
    const std::uint32_t held = std::exchange(delivered_, claimed_);  // said once
    const bool overstated = std::exchange(overstated_, false);
    if ((held < claimed_ || overstated) && !list_failed_) {  // a failure was told already
      return fail(Status::corrupt,
                  fmt::format("key node at 0x{:x}: claims {} subkeys, its lists hold {}{}",
                              HiveImage::file_offset(parent_), claimed_, held,
                              overstated ? " and claim more" : ""));
    }
    return std::nullopt;
  }
  if (delivered_ == entry_limit()) {
    finished_ = true;
    list_failed_ = true;
    return std::unexpected(too_many_entries());
  }
  const auto offset =
      get_le<std::uint32_t>(leaf_.entries, std::size_t{leaf_.position} * leaf_.stride);
  ++leaf_.position;
  ++delivered_;
  if (offset == last_child_) [[unlikely]] {
    return fail(Status::corrupt,
                fmt::format("key node at 0x{:x}: lists the key at 0x{:x} twice",
                            HiveImage::file_offset(parent_), HiveImage::file_offset(offset)));
  }
  last_child_ = offset;
  return std::optional<Key>(CASEMENT_TRY(load_child(offset)));
}

Result<std::optional<Key>> SubkeyReader::find(std::u16string_view name, bool trust_hints) {
  const std::uint32_t hash = hash_name(name);
  std::optional<Error> damage;  // of an entry that may have been the one
  while (true) {
    const Result<bool> more = advance_leaf();
    if (!more) {
      damage = more.error();
      continue;
    }
    if (!*more) {
      break;
    }
    if (delivered_ == entry_limit()) {
      damage = too_many_entries();
      break;
    }
    const Bytes entry = leaf_.entries.subspan(std::size_t{leaf_.position} * leaf_.stride);
    ++leaf_.position;
    ++delivered_;
    if (trust_hints) {
      if (leaf_.kind == Leaf::Kind::hashes && get_le<std::uint32_t>(entry, 4) != hash) {
        continue;
      }
      if (leaf_.kind == Leaf::Kind::name_hints && !matches_hint(entry.subspan(4, 4), name)) {
        continue;
      }
    }
    Result<Key> child = load_child(get_le<std::uint32_t>(entry, 0));
    if (!child) {
      damage = std::move(child).error();
    } else if (child->name().equals_folded(name)) {
      return std::optional<Key>(*child);
    }
  }
  if (damage) {
    return std::unexpected(std::move(*damage));
  }
  return std::nullopt;
}

}  // namespace casement
