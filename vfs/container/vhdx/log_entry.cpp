// SPDX-License-Identifier: Apache-2.0
// Entry checks: everything is looked at before an entry counts as written whole.
#include "vfs/container/vhdx/log_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "vfs/core/crc32c.h"

namespace casement {
namespace {

using vhdx_layout::log_sector_size;
using vhdx_layout::LogDataSector;
using vhdx_layout::LogDescriptor;
using vhdx_layout::LogEntryHeader;

template <DiskStruct T>
T copy_out(Bytes raw) noexcept {
  T out;
  std::memcpy(&out, raw.data(), sizeof(T));
  return out;
}

std::string_view text(const std::array<char, 4>& signature) noexcept {
  return {signature.data(), signature.size()};
}

bool is_data(const LogDescriptor& descriptor) noexcept {
  return text(descriptor.signature) == "desc";
}

/// Sectors that the header and the descriptors take; the data sectors follow.
constexpr std::uint64_t descriptor_sectors(std::uint64_t descriptor_count) noexcept {
  return (sizeof(LogEntryHeader) + descriptor_count * sizeof(LogDescriptor) + log_sector_size - 1) /
         log_sector_size;
}

}  // namespace

Result<VhdxLogRing> VhdxLogRing::read(const ByteSource& source, const VhdxHeader& header,
                                      const Limits& limits) {
  if (header.log_version != 0) {
    return fail(Status::unsupported, fmt::format("log version {}, expected 0", header.log_version));
  }
  if (header.log_size == 0 || header.log_size % vhdx_layout::mib != 0 ||
      header.log_offset < vhdx_layout::mib || header.log_offset % vhdx_layout::mib != 0) {
    return fail(Status::corrupt, fmt::format("a log of 0x{:x} bytes at 0x{:x}, expected multiples "
                                             "of 1 MiB",
                                             header.log_size, header.log_offset));
  }
  if (header.log_size > limits.max_table_size) {
    return fail(Status::limit_exceeded, fmt::format("a log of {} bytes, at most {} are read",
                                                    header.log_size, limits.max_table_size));
  }
  if (!in_range(source.size(), header.log_offset, header.log_size)) {
    return fail(Status::truncated, fmt::format("a log of 0x{:x} bytes at 0x{:x}, but the file ends "
                                               "at 0x{:x}",
                                               header.log_size, header.log_offset, source.size()));
  }
  std::vector<std::byte> bytes(header.log_size);
  CASEMENT_TRY(source.read(header.log_offset, bytes));
  return VhdxLogRing(std::move(bytes), header.log_id);
}

std::uint32_t VhdxLogRing::entry_size(std::uint32_t offset) const noexcept {
  const auto header = copy_out<LogEntryHeader>(Bytes(bytes_).subspan(offset));
  const std::uint32_t length = header.entry_length.value();
  const bool possible = text(header.signature) == "loge" && length % log_sector_size == 0 &&
                        length <= size() && Guid::from_bytes(header.log_id) == id_;
  return possible ? length : 0;
}

std::optional<VhdxLogEntry> VhdxLogRing::validate(std::uint32_t offset) const {
  VhdxLogEntry entry;
  entry.offset = offset;
  entry.size = entry_size(offset);
  if (entry.size == 0) {
    return std::nullopt;
  }
  const auto header = copy_out<LogEntryHeader>(Bytes(bytes_).subspan(offset));
  entry.tail = header.tail.value();
  entry.sequence = header.sequence.value();
  entry.descriptor_count = header.descriptor_count.value();
  entry.flushed_file_size = header.flushed_file_size.value();
  entry.last_file_size = header.last_file_size.value();
  const bool possible = entry.sequence != 0 && entry.tail < size() &&
                        entry.tail % log_sector_size == 0 &&
                        descriptor_sectors(entry.descriptor_count) * log_sector_size <= entry.size;
  if (!possible || checksum(entry) != header.checksum.value() || !descriptors_fit(entry)) {
    return std::nullopt;
  }
  return entry;
}

Bytes VhdxLogRing::sector(const VhdxLogEntry& entry, std::uint32_t index) const noexcept {
  const std::uint32_t at = advance(entry.offset, std::uint64_t{index} * log_sector_size);
  return Bytes(bytes_).subspan(at, log_sector_size);
}

LogDescriptor VhdxLogRing::descriptor(const VhdxLogEntry& entry,
                                      std::uint32_t index) const noexcept {
  // Header and descriptors have sizes that divide 4096: none straddles two sectors.
  const std::uint64_t at = sizeof(LogEntryHeader) + std::uint64_t{index} * sizeof(LogDescriptor);
  return copy_out<LogDescriptor>(sector(entry, static_cast<std::uint32_t>(at / log_sector_size))
                                     .subspan(at % log_sector_size));
}

std::uint32_t VhdxLogRing::checksum(const VhdxLogEntry& entry) const noexcept {
  static constexpr std::array<std::byte, sizeof(le32)> zeros{};
  constexpr std::size_t field = offsetof(LogEntryHeader, checksum);
  const Bytes first = sector(entry, 0);
  Crc32c crc;
  crc.update(first.first(field));
  crc.update(zeros);
  crc.update(first.subspan(field + zeros.size()));
  for (std::uint32_t i = 1; i < entry.size / log_sector_size; ++i) {
    crc.update(sector(entry, i));
  }
  return crc.value();
}

bool VhdxLogRing::descriptors_fit(const VhdxLogEntry& entry) const noexcept {
  const std::uint64_t sectors = entry.size / log_sector_size;
  std::uint64_t next = descriptor_sectors(entry.descriptor_count);
  for (std::uint32_t i = 0; i < entry.descriptor_count; ++i) {
    const LogDescriptor item = descriptor(entry, i);
    if (item.sequence.value() != entry.sequence ||
        (!is_data(item) && text(item.signature) != "zero")) {
      return false;
    }
    if (!is_data(item)) {
      continue;
    }
    if (next == sectors) {
      return false;
    }
    const auto sector_of_data =
        copy_out<LogDataSector>(sector(entry, static_cast<std::uint32_t>(next)));
    const std::uint64_t sequence = (std::uint64_t{sector_of_data.sequence_high.value()} << 32) |
                                   sector_of_data.sequence_low.value();
    if (text(sector_of_data.signature) != "data" || sequence != entry.sequence) {
      return false;
    }
    ++next;
  }
  return true;
}

Result<VhdxLogChange> VhdxLogRing::change(const VhdxLogEntry& entry, std::uint32_t index,
                                          std::uint32_t data_index) const {
  const LogDescriptor item = descriptor(entry, index);
  VhdxLogChange change;
  change.file_offset = item.file_offset.value();
  change.length = is_data(item) ? log_sector_size : get_le<std::uint64_t>(item.leading_bytes, 0);
  if (change.file_offset % log_sector_size != 0 || change.length % log_sector_size != 0 ||
      !in_range(UINT64_MAX, change.file_offset, change.length)) {
    return fail(Status::corrupt,
                fmt::format("log entry at 0x{:x}: descriptor {}: 0x{:x} bytes at 0x{:x} of the "
                            "file, expected multiples of 4096",
                            entry.offset, index, change.length, change.file_offset));
  }
  if (is_data(item)) {
    const std::uint64_t at = descriptor_sectors(entry.descriptor_count) + data_index;
    const auto stored = copy_out<LogDataSector>(sector(entry, static_cast<std::uint32_t>(at)));
    change.bytes.reserve(log_sector_size);
    change.bytes.insert(change.bytes.end(), item.leading_bytes.begin(), item.leading_bytes.end());
    change.bytes.insert(change.bytes.end(), stored.data.begin(), stored.data.end());
    change.bytes.insert(change.bytes.end(), item.trailing_bytes.begin(), item.trailing_bytes.end());
  }
  return change;
}

}  // namespace casement
