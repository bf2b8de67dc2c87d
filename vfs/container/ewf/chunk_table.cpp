// SPDX-License-Identifier: Apache-2.0
// Table header, entries, and their checksums.
#include "vfs/container/ewf/chunk_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "vfs/codec/deflate.h"
#include "vfs/container/ewf/ewf_layout.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

using ewf_layout::compressed_bit;
using ewf_layout::TableHeader;

constexpr std::uint64_t entry_size = sizeof(le32);
constexpr std::uint64_t checksum_size = 4;
/// The largest chunk of EnCase has 16 MiB; stored it may be a little larger.
constexpr std::uint32_t largest_stored_chunk = std::uint32_t{17} << 20;

/// EnCase 6.7.1 went on past offset 2^31 and wrote 32-bit offsets where the highest bit says that a
/// chunk is compressed. libewf takes such chunks for plain ones, and so do we.
std::size_t find_overflow(std::span<const le32> entries) {
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint32_t entry = entries[i].value();
    const std::uint32_t offset = entry & ~compressed_bit;
    const bool at_the_end = before >= compressed_bit - largest_stored_chunk;
    if (at_the_end && offset < before && entry != offset &&
        entry - before <= largest_stored_chunk) {
      return i;
    }
    before = offset;
  }
  return entries.size();
}

/// The number of entries. truncated, corrupt: none that can be right.
Result<std::uint64_t> count_entries(const TableHeader& header, bool checksum,
                                    const EwfSection& section) {
  const std::uint64_t count = header.entry_count.value();
  const std::uint64_t room = section.body_size - sizeof(TableHeader);
  if (count > room / entry_size) {
    return fail(section.is_cut ? Status::truncated : Status::corrupt,
                fmt::format("{} entries in {} bytes", count, room));
  }
  // A count that fills the section is as good as a checksum.
  const bool fills = room == count * entry_size || room == count * entry_size + checksum_size;
  if (!checksum && !fills) {
    return fail(Status::corrupt,
                fmt::format("the header's checksum is wrong, and {} entries do not fill {} bytes",
                            count, room));
  }
  return count;
}

/// Whether a checksum follows the entries. SMART has none: the first chunk is in its place.
bool has_checksum(const ChunkTable& table, const EwfSection& section, std::uint64_t entries_end) {
  const std::uint64_t room = section.body_size - sizeof(TableHeader) - table.byte_size();
  return table.size() != 0 && table.place(0).offset != entries_end && room >= checksum_size;
}

/// limit_exceeded; everything else that goes wrong is damage of the table.
Result<ReadTable> read_all(const ByteSource& segment, const EwfSection& section,
                           ChunkTable::Owner owner, std::uint64_t max_size) {
  std::array<std::byte, sizeof(TableHeader)> raw{};
  if (section.body_size < raw.size()) {
    return fail(section.is_cut ? Status::truncated : Status::corrupt,
                fmt::format("{} bytes, the header has {}", section.body_size, raw.size()));
  }
  CASEMENT_TRY(segment.read(section.body_offset(), raw));
  const auto header = CASEMENT_TRY(load<TableHeader>(raw, 0, "table header"));
  const bool header_checksum = ends_with_checksum(raw);
  const std::uint64_t count = CASEMENT_TRY(count_entries(header, header_checksum, section));
  if (count * entry_size > max_size) {
    return fail(Status::limit_exceeded,
                fmt::format("{} entries, at most {} bytes of them are taken", count, max_size));
  }
  const std::uint64_t entries_offset = section.body_offset() + sizeof(TableHeader);
  std::vector<le32> entries(static_cast<std::size_t>(count));
  const auto entry_bytes = std::as_writable_bytes(std::span(entries));
  CASEMENT_TRY(segment.read(entries_offset, entry_bytes));
  const std::uint32_t checksum = adler32(entry_bytes);
  ReadTable read;
  read.table.emplace(owner, header.base_offset.value(), std::move(entries));
  const std::uint64_t entries_end = entries_offset + read.table->byte_size();
  if (!header_checksum) {
    read.damage = Error(Status::corrupt, "the header's checksum is wrong");
  } else if (has_checksum(*read.table, section, entries_end)) {
    le32 stored;
    CASEMENT_TRY(segment.read(entries_end, std::as_writable_bytes(std::span(&stored, 1))));
    if (stored.value() != checksum) {
      read.damage = Error(Status::corrupt, "the checksum of the entries is wrong");
    }
  }
  return read;
}

}  // namespace

ChunkTable::ChunkTable(Owner owner, std::uint64_t base_offset, std::vector<le32> entries)
    : owner_(owner),
      base_offset_(base_offset),
      wide_from_(find_overflow(entries)),
      entries_(std::move(entries)) {}

std::uint64_t ChunkTable::offset_of(std::size_t index) const noexcept {
  const std::uint32_t entry = entries_[index].value();
  const std::uint32_t offset = index < wide_from_ ? entry & ~compressed_bit : entry;
  // What does not fit 64 bits is past the end of every file.
  return checked_add(base_offset_, offset).value_or(std::numeric_limits<std::uint64_t>::max());
}

EwfChunkPlace ChunkTable::place(std::size_t index) const noexcept {
  EwfChunkPlace place;
  place.segment = owner_.segment;
  place.offset = offset_of(index);
  place.is_compressed = index < wide_from_ && (entries_[index].value() & compressed_bit) != 0;
  const std::uint64_t end = index + 1 < entries_.size() ? offset_of(index + 1) : owner_.data_end;
  // A damaged neighbour says nothing about this chunk; what it holds says where it ends.
  if (ends_are_known_ && end > place.offset) {
    place.end = end;
  }
  return place;
}

Result<ReadTable> read_table(const ByteSource& segment, const EwfSection& section,
                             ChunkTable::Owner owner, std::uint64_t max_size) {
  auto read = read_all(segment, section, owner, max_size);
  if (!read && read.error().status() != Status::limit_exceeded) {
    return ReadTable{std::nullopt, std::move(read).error()};
  }
  return read;
}

}  // namespace casement
