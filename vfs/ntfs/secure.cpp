// SPDX-License-Identifier: Apache-2.0
// Finding security descriptors.
#include "vfs/ntfs/secure.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/stream.h"

namespace casement::ntfs {
namespace {

namespace layout = ntfs_layout;

constexpr std::uint64_t block_size = layout::security_block_size;
constexpr std::uint64_t entry_alignment = 16;

SecurityPlace to_place(const layout::SecurityEntry& entry) {
  return {entry.hash.value(), entry.id.value(), entry.offset.value(), entry.size.value()};
}

/// Blocks 0, 2, 4, ... are the originals, the odd ones their copies.
bool is_possible(const SecurityPlace& place) {
  return place.size > sizeof(layout::SecurityEntry) && place.size <= block_size &&
         place.offset % entry_alignment == 0;
}

}  // namespace

std::uint32_t security_hash(Bytes descriptor) noexcept {
  constexpr int turn = 3;
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i + sizeof(hash) <= descriptor.size(); i += sizeof(hash)) {
    hash = std::rotl(hash, turn) + get_le<std::uint32_t>(descriptor, i);
  }
  return hash;
}

SecurityStream::SecurityStream(SourcePtr stream) : stream_(std::move(stream)) {}

Result<std::vector<std::byte>> SecurityStream::read_at(const SecurityPlace& place,
                                                       std::uint64_t offset) const {
  std::vector<std::byte> entry(place.size);
  CASEMENT_TRY(stream_->read(offset, entry));
  const SecurityPlace stored =
      to_place(CASEMENT_TRY(load<layout::SecurityEntry>(entry, 0, "$SDS entry")));
  if (stored != place) {
    return fail(Status::corrupt,
                fmt::format("$SDS entry at 0x{:X}: id {} of {} bytes, expected id {} of {} bytes",
                            offset, stored.id, stored.size, place.id, place.size));
  }
  entry.erase(entry.begin(), entry.begin() + sizeof(layout::SecurityEntry));
  if (security_hash(entry) != place.hash) {
    return fail(Status::corrupt, fmt::format("$SDS entry at 0x{:X}: hash {:08X}, expected {:08X}",
                                             offset, security_hash(entry), place.hash));
  }
  return entry;
}

Result<std::vector<std::byte>> SecurityStream::read(const SecurityPlace& place) const {
  if (!is_possible(place) || !in_range(stream_->size(), place.offset, place.size)) {
    return fail(Status::corrupt,
                fmt::format("security id {}: {} bytes at 0x{:X} of $SDS, which has {}", place.id,
                            place.size, place.offset, stream_->size()));
  }
  Result<std::vector<std::byte>> original = read_at(place, place.offset);
  if (original) {
    return original;
  }
  Result<std::vector<std::byte>> copy = read_at(place, place.offset + block_size);
  return copy ? std::move(copy) : std::move(original);
}

Result<std::map<std::uint32_t, SecurityPlace>> SecurityStream::list(std::uint64_t max_size) const {
  const std::uint64_t size = std::min(stream_->size(), max_size);
  std::map<std::uint32_t, SecurityPlace> places;
  std::vector<std::byte> block;
  for (std::uint64_t begin = 0; begin < size; begin += block_size) {
    const bool is_copy = begin / block_size % 2 != 0;
    const std::uint64_t original = is_copy ? begin - block_size : begin;
    block.resize(static_cast<std::size_t>(std::min(block_size, size - begin)));
    CASEMENT_TRY(stream_->read(begin, block));
    for (std::uint64_t at = 0; in_range(block.size(), at, sizeof(layout::SecurityEntry));) {
      const SecurityPlace place =
          to_place(CASEMENT_TRY(load<layout::SecurityEntry>(block, at, "$SDS entry")));
      // An entry says where it is; what does not is no entry, and the next may begin at any
      // multiple of 16.
      const bool whole = is_possible(place) && place.offset == original + at &&
                         in_range(block.size(), at, place.size);
      if (whole) {
        places.try_emplace(place.id, place);
      }
      const std::uint64_t step = whole ? place.size : entry_alignment;
      at += (step + entry_alignment - 1) / entry_alignment * entry_alignment;
    }
  }
  return places;
}

SecurityTable::SecurityTable(NtfsVolumePtr volume) : volume_(std::move(volume)) {}

Result<void> SecurityTable::load() const {
  if (!loaded_) {
    loaded_ = true;
    const auto open = [&]() -> Result<void> {
      const NtfsNode node = CASEMENT_TRY(
          NtfsNode::read(volume_, FileReference::make(layout::metadata_record::secure, 0)));
      const AttributeChain* const chain =
          CASEMENT_TRY(node.require(layout::attribute_type::data, u"$SDS"));
      stream_ = std::make_unique<const SecurityStream>(CASEMENT_TRY(open_attribute(node, *chain)));
      Result<IndexTreePtr> index = IndexTree::open(node, u"$SII", IndexKind::view);
      if (index) {
        index_ = std::move(index).take();
      } else {
        volume_->findings().add("security-index-damaged", layout::metadata_record::secure,
                                index.error());
      }
      return {};
    };
    if (auto opened = open(); !opened) {
      error_ = std::move(opened).error().context("$Secure");
    }
  }
  if (error_) {
    return std::unexpected(*error_);
  }
  return {};
}

Result<std::optional<SecurityPlace>> SecurityTable::find_indexed(std::uint32_t id) const {
  if (!index_) {
    return std::optional<SecurityPlace>();
  }
  IndexCursor cursor(index_);
  CASEMENT_TRY(cursor.seek([&](Bytes key) {
    return key.size() < sizeof(id) ? std::strong_ordering::less
                                   : get_le<std::uint32_t>(key, 0) <=> id;
  }));
  const std::optional<IndexEntry> entry = CASEMENT_TRY(cursor.next());
  if (!entry) {
    return std::optional<SecurityPlace>();
  }
  const SecurityPlace place =
      to_place(CASEMENT_TRY(casement::load<layout::SecurityEntry>(entry->value, 0, "$SII value")));
  return place.id == id ? std::optional(place) : std::nullopt;
}

Result<std::optional<SecurityPlace>> SecurityTable::find_listed(std::uint32_t id) const {
  const std::scoped_lock lock(mutex_);
  if (!listed_) {
    listed_ = CASEMENT_TRY(stream_->list(volume_->limits().max_table_size));
  }
  const auto at = listed_->find(id);
  return at == listed_->end() ? std::nullopt : std::optional(at->second);
}

Result<std::vector<std::byte>> SecurityTable::find(std::uint32_t id) const {
  {
    const std::scoped_lock lock(mutex_);
    CASEMENT_TRY(load());
  }
  // What load() found does not change any more.
  const Result<std::optional<SecurityPlace>> indexed = find_indexed(id);
  if (indexed && *indexed) {
    Result<std::vector<std::byte>> descriptor = stream_->read(**indexed);
    if (descriptor) {
      return descriptor;
    }
  }
  const std::optional<SecurityPlace> listed = CASEMENT_TRY(find_listed(id));
  if (!listed) {
    return fail(Status::not_found, fmt::format("$Secure: no descriptor of security id {}", id));
  }
  Result<std::vector<std::byte>> descriptor = stream_->read(*listed);
  if (descriptor) {
    volume_->findings().add(
        Severity::warning, "security-index-damaged", layout::metadata_record::secure,
        fmt::format("$Secure: $SII does not lead to security id {}; it was found in $SDS", id));
  }
  return descriptor;
}

}  // namespace casement::ntfs
