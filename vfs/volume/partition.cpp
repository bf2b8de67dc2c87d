// SPDX-License-Identifier: Apache-2.0
// Which kind of table a disk has, and its partitions as sources.
#include "vfs/volume/partition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/source/slice_source.h"
#include "vfs/volume/boot_sector.h"
#include "vfs/volume/gpt.h"
#include "vfs/volume/mbr.h"
#include "vfs/volume/mbr_sector_size.h"
#include "vfs/volume/partition_checks.h"
#include "vfs/volume/partition_type.h"

namespace casement {
namespace {

constexpr std::size_t boot_sector_size = 512;

/// The sectors that drives have had; the given size first.
std::vector<std::uint32_t> sector_sizes(std::optional<std::uint32_t> given) {
  std::vector<std::uint32_t> sizes = {512, 4096, 1024, 2048};
  if (given) {
    const auto known = std::find(sizes.begin(), sizes.end(), *given);
    if (known != sizes.end()) {
      std::rotate(sizes.begin(), known, known + 1);
    }
  }
  return sizes;
}

class TableReader {
 public:
  TableReader(const SourcePtr& disk, std::optional<std::uint32_t> given, const Limits& limits)
      : disk_(disk), given_(given), sizes_(sector_sizes(given)), limits_(limits) {}

  Result<PartitionTable> read();

 private:
  /// Whether the entries say that the disk is divided by them, and not by a GPT or not at all.
  bool is_table(const BootRecord& record) const;
  bool all_in_range(const BootRecord& record) const;
  Result<bool> has_optical_file_system() const;

  bool add_gpt(const std::optional<BootRecord>& record);
  void add_mbr(const BootRecord& record);
  void add_partition(Partition partition, std::uint64_t first_sector, std::uint64_t sector_count);
  void report_sector_size();

  const SourcePtr& disk_;
  std::optional<std::uint32_t> given_;
  std::vector<std::uint32_t> sizes_;
  const Limits& limits_;
  bool is_boot_sector_ = false;  // the first sector may as well be that of a volume
  PartitionTable table_;
};

bool TableReader::all_in_range(const BootRecord& record) const {
  return std::all_of(record.entries.begin(), record.entries.end(), [&](const MbrEntry& entry) {
    return entry.first_sector < disk_->size() / sizes_.front();
  });
}

bool TableReader::is_table(const BootRecord& record) const {
  if (is_boot_sector_) {
    // Boot code and messages lie where the entries would be: only a flawless table counts.
    return !record.entries.empty() && record.malformed.empty() && !record.overlaps() &&
           all_in_range(record);
  }
  if (record.entries.empty()) {
    return record.malformed.empty() && record.disk_signature != 0;  // set up, not divided yet
  }
  // One damaged entry does not hide the others; noise rarely looks like an entry at all.
  return record.entries.size() >= record.malformed.size();
}

/// Installation media that also boot from a stick carry an MBR whose entries say little.
Result<bool> TableReader::has_optical_file_system() const {
  constexpr std::uint64_t first_descriptor = 0x8001;
  std::array<std::byte, 5> name{};
  if (!in_range(disk_->size(), first_descriptor, name.size())) {
    return false;
  }
  CASEMENT_TRY(disk_->read(first_descriptor, name));
  const auto is = [&](std::string_view wanted) {
    return std::ranges::equal(std::as_bytes(std::span(wanted)), name);
  };
  return is("CD001") || is("BEA01");
}

void TableReader::add_partition(Partition partition, std::uint64_t first_sector,
                                std::uint64_t sector_count) {
  const auto offset = checked_mul(first_sector, table_.sector_size);
  const auto size = checked_mul(sector_count, table_.sector_size);
  if (!offset || !size || !checked_add(*offset, *size)) {
    table_.diagnostics.add(
        Severity::error, "partition-invalid",
        fmt::format("partition {}: {} sectors from sector {} on: no disk is that large",
                    partition.number, sector_count, first_sector));
    return;
  }
  partition.offset = *offset;
  partition.size = *size;
  const std::uint64_t present =
      *offset < disk_->size() ? std::min(*size, disk_->size() - *offset) : 0;
  if (present < *size) {
    table_.diagnostics.add(
        Severity::warning, present == 0 ? "partition-missing" : "partition-truncated",
        fmt::format("partition {}: {:#x} bytes at {:#x}, but the image ends at {:#x}",
                    partition.number, *size, *offset, disk_->size()));
  }
  if (present != 0) {
    auto bytes =
        make_slice_source(disk_, *offset, present, fmt::format("partition {}", partition.number));
    if (bytes) {  // the range was checked above
      partition.bytes = std::move(bytes).take();
    }
  }
  table_.partitions.push_back(std::move(partition));
}

bool TableReader::add_gpt(const std::optional<BootRecord>& record) {
  GptQuery query{.sector_sizes = sizes_, .last_sector = {}, .trust_backup = false};
  if (record) {
    query.last_sector = record->protected_to;
  }
  // Without an MBR (a lost first sector) the backup may be all that is left.
  query.trust_backup =
      !is_boot_sector_ && (!record || record->protected_to || record->entries.empty());
  const auto gpt = read_gpt(*disk_, query, limits_, table_.diagnostics);
  if (!gpt) {
    return false;
  }
  table_.kind = TableKind::gpt;
  table_.sector_size = gpt->sector_size;
  table_.disk_id = gpt->disk_id;
  for (const GptEntry& entry : gpt->entries) {
    PartitionType type = gpt_partition_type(entry.type);
    Partition partition;
    partition.number = entry.number;
    partition.arc_ordinal = entry.number;
    partition.role = type.role;
    partition.type_name = std::move(type.name);
    partition.type_id = entry.type;
    partition.id = entry.id;
    partition.name = entry.name;
    partition.attributes = entry.attributes;
    // All sectors that 64 bits can count are one too many to count; either number is refused.
    const std::uint64_t behind_first = entry.last_lba - entry.first_lba;
    add_partition(std::move(partition), entry.first_lba,
                  checked_add(behind_first, 1).value_or(behind_first));
  }
  return true;
}

void TableReader::add_mbr(const BootRecord& record) {
  const bool only_protective =
      record.protected_to &&
      std::all_of(record.entries.begin(), record.entries.end(),
                  [](const MbrEntry& entry) { return entry.type == protective_type; });
  if (only_protective) {
    table_.kind = TableKind::gpt;
    table_.diagnostics.add(Severity::error, "gpt-missing",
                           "the MBR protects a GPT, but there is none that can be read");
    return;
  }
  table_.kind = TableKind::mbr;
  table_.mbr_signature = record.disk_signature;
  for (const std::uint32_t slot : record.malformed) {
    table_.diagnostics.add(Severity::error, "mbr-entry-invalid",
                           fmt::format("MBR entry {}: neither empty nor a partition", slot));
  }
  table_.sector_size = mbr_sector_size(*disk_, record, sizes_);
  std::vector<MbrEntry> entries;
  std::copy_if(record.entries.begin(), record.entries.end(), std::back_inserter(entries),
               [](const MbrEntry& entry) {
                 return !is_extended_type(entry.type) && entry.type != protective_type;
               });
  for (MbrEntry& entry :
       read_logical_partitions(*disk_, record, table_.sector_size, limits_, table_.diagnostics)) {
    entries.push_back(entry);
  }
  std::uint32_t ordinal = 0;
  for (const MbrEntry& entry : entries) {
    PartitionType type = mbr_partition_type(entry.type);
    Partition partition;
    partition.number = entry.number;
    partition.arc_ordinal = ++ordinal;
    partition.role = type.role;
    partition.type_name = std::move(type.name);
    partition.mbr_type = entry.type;
    partition.active = entry.active;
    partition.logical = entry.logical;
    add_partition(std::move(partition), entry.first_sector, entry.sector_count);
  }
}

void TableReader::report_sector_size() {
  if (table_.kind != TableKind::none && given_ && *given_ != table_.sector_size) {
    table_.diagnostics.add(
        Severity::note, "sector-size",
        fmt::format("the partition table is that of a disk with sectors of {} bytes; the image "
                    "says {}",
                    table_.sector_size, *given_));
  }
}

Result<PartitionTable> TableReader::read() {
  table_.sector_size = sizes_.front();
  if (disk_->size() < boot_sector_size) {
    return std::move(table_);
  }
  std::array<std::byte, boot_sector_size> sector{};
  CASEMENT_TRY(disk_->read(0, sector));
  is_boot_sector_ = volume_sector_size(sector).has_value();
  const std::optional<BootRecord> record = parse_boot_record(sector);
  const bool divided = record && is_table(*record);
  if (divided && !record->protected_to && !record->entries.empty()) {
    add_mbr(*record);  // a GPT without a protective entry is a remnant, for Windows and Linux alike
  } else if (add_gpt(record)) {
    if (!record || !record->protected_to) {
      table_.diagnostics.add(Severity::warning, "gpt-not-protected",
                             "GPT without a protective MBR: Windows would not use it");
    } else if (record->entries.size() > 1) {
      table_.hybrid =
          std::any_of(record->entries.begin(), record->entries.end(),
                      [](const MbrEntry& entry) { return entry.type != protective_type; });
      table_.mbr_signature = record->disk_signature;
    }
  } else if (divided) {
    add_mbr(*record);
  }
  report_sector_size();
  table_.maybe_volume =
      table_.kind == TableKind::mbr &&
      (is_boot_sector_ || table_.partitions.empty() || CASEMENT_TRY(has_optical_file_system()));
  check_partitions(table_);
  return std::move(table_);
}

}  // namespace

Result<PartitionTable> read_partition_table(const SourcePtr& disk,
                                            std::optional<std::uint32_t> sector_size,
                                            const Limits& limits) {
  return TableReader(disk, sector_size, limits).read().with_context([&] {
    return fmt::format("{}: partition table", disk->describe());
  });
}

}  // namespace casement
