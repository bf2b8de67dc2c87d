// SPDX-License-Identifier: Apache-2.0
// One pass over the rows, and the index of hashes.
#include "vfs/wim/blob_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <random>

#include "vfs/core/zero_fill.h"

namespace casement::wim {
namespace {

constexpr std::size_t row_size = sizeof(wim_layout::BlobEntry);
constexpr std::size_t hash_offset = offsetof(wim_layout::BlobEntry, sha1);
constexpr std::size_t hash_size = sizeof(Sha1);
constexpr std::size_t flags_offset = 7;  // the top byte of stored_size_and_flags

std::uint32_t tag_of(const std::byte* hash) noexcept {
  std::uint32_t tag = 0;
  std::memcpy(&tag, hash, sizeof(tag));
  return tag;
}

/// A number that whoever made the file did not know: a table of hashes that all collide would
/// otherwise take quadratic time.
std::uint64_t make_seed() {
  std::random_device entropy;
  return (std::uint64_t{entropy()} << 32) | entropy();
}

}  // namespace

void BlobTable::add_table(LargeBytes rows) {
  const std::uint32_t first = size();
  rows.resize(rows.size() / row_size * row_size);
  if (rows_.empty()) {
    rows_ = std::move(rows);
  } else {
    rows_.insert(rows_.end(), rows.begin(), rows.end());
  }
  tags_.resize(size());
  bool in_run = false;
  for (std::uint32_t row = first; row < size(); ++row) {
    const std::byte* stored = rows_.data() + std::size_t{row} * row_size;
    tags_[row] = tag_of(stored + hash_offset);
    const auto flags = std::to_integer<std::uint8_t>(stored[flags_offset]);
    if ((flags & wim_layout::resource_flag::metadata) != 0) {
      metadata_.push_back(row);
    }
    if ((flags & wim_layout::resource_flag::solid) == 0) {
      in_run = false;
      continue;
    }
    if (!in_run) {
      solid_runs_.push_back({.first = row, .end = row, .resources = {}});
      in_run = true;
    }
    solid_runs_.back().end = row + 1;
    if (at(row).is_solid_resource()) {
      solid_runs_.back().resources.push_back(row);
    }
  }
}

std::uint32_t BlobTable::size() const noexcept {
  return static_cast<std::uint32_t>(rows_.size() / row_size);
}

BlobEntry BlobTable::at(std::uint32_t row) const noexcept {
  wim_layout::BlobEntry disk;
  std::memcpy(&disk, rows_.data() + std::size_t{row} * row_size, sizeof(disk));
  return {.location = to_location(disk.resource),
          .part = disk.part.value(),
          .references = disk.references.value(),
          .hash = disk.sha1};
}

Bytes BlobTable::hash_of(std::uint32_t row) const noexcept {
  return Bytes(rows_).subspan(std::size_t{row} * row_size + hash_offset, hash_size);
}

std::size_t BlobTable::first_slot(Bytes hash) const noexcept {
  // Multiply and fold each word: the hash is uniform unless somebody chose it.
  constexpr std::uint64_t odd_1 = 0x9E37'79B9'7F4A'7C15;
  constexpr std::uint64_t odd_2 = 0xD6E8'FEB8'6659'FD93;
  std::uint64_t mixed = (get_le<std::uint64_t>(hash, 0) ^ seed_) * odd_1;
  mixed ^= mixed >> 32;
  mixed = (mixed ^ get_le<std::uint64_t>(hash, 8)) * odd_2;
  mixed ^= mixed >> 29;
  mixed = (mixed ^ get_le<std::uint32_t>(hash, 16)) * odd_1;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32)) & (slots_.size() - 1);
}

void BlobTable::insert(std::uint32_t row) const {
  const Bytes hash = hash_of(row);
  std::size_t slot = first_slot(hash);
  while (slots_[slot] != 0) {
    std::uint32_t& known = slots_[slot];
    if (std::memcmp(hash_of(known - 1).data(), hash.data(), hash_size) == 0) {
      if (!is_open(at(known - 1).part) && is_open(at(row).part)) {
        known = row + 1;
      }
      return;
    }
    slot = (slot + 1) & (slots_.size() - 1);
  }
  slots_[slot] = row + 1;
}

void BlobTable::build_index() const {
  seed_ = make_seed();
  slots_.assign(std::bit_ceil(std::size_t{size()} * 2 + 2), 0);
  for (std::uint32_t row = 0; row < size(); ++row) {
    if (is_blob(row)) {
      insert(row);
    }
  }
}

bool BlobTable::is_blob(std::uint32_t row) const noexcept {
  const BlobEntry entry = at(row);
  return !entry.is_metadata() && !entry.is_solid_resource() && !is_zero_filled(entry.hash);
}

std::optional<std::uint32_t> BlobTable::scan(const Sha1& hash) const noexcept {
  std::optional<std::uint32_t> found;
  const std::uint32_t wanted = tag_of(hash.data());
  for (auto tag = std::ranges::find(tags_, wanted); tag != tags_.end();
       tag = std::find(tag + 1, tags_.end(), wanted)) {
    const auto row = static_cast<std::uint32_t>(tag - tags_.begin());
    if (std::memcmp(hash_of(row).data(), hash.data(), hash_size) != 0 || !is_blob(row)) {
      continue;
    }
    if (is_open(at(row).part)) {
      return row;
    }
    if (!found) {
      found = row;
    }
  }
  return found;
}

std::optional<std::uint32_t> BlobTable::find(const Sha1& hash) const {
  if (lookups_.fetch_add(1, std::memory_order_relaxed) < scanned_lookups) {
    return scan(hash);
  }
  std::call_once(indexed_, [this] { build_index(); });
  for (std::size_t slot = first_slot(hash); slots_[slot] != 0;
       slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t row = slots_[slot] - 1;
    if (std::memcmp(hash_of(row).data(), hash.data(), hash_size) == 0) {
      return row;
    }
  }
  return std::nullopt;
}

}  // namespace casement::wim
