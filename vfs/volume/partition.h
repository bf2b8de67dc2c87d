// SPDX-License-Identifier: Apache-2.0
// The partitions of a disk, however its table is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"

namespace casement {

enum class TableKind : std::uint8_t { none, mbr, gpt };

/// What a partition is for, by its type.
enum class PartitionRole : std::uint8_t {
  basic,           // NTFS, FAT and exFAT types, GPT basic data
  efi_system,      // GPT type, or MBR 0xEF
  reserved,        // MSR
  recovery,        // Windows RE: GPT type, or MBR 0x27
  dynamic_disk,    // LDM metadata and data, MBR 0x42
  storage_spaces,  // a member of a pool
  other            // Linux, OEM, unknown
};

struct Partition {
  /// As people and `#pN` count: GPT entry 1..n (unused entries count); MBR slot 1..4, logical
  /// partitions from 5.
  std::uint32_t number = 0;
  /// As ARC names count: GPT entry; MBR primaries that are used, then logicals, 1-based.
  std::uint32_t arc_ordinal = 0;
  PartitionRole role = PartitionRole::other;
  std::string type_name;        // "EFI system", "Basic data", "NTFS/exFAT", "type 0x83 (Linux)"
  std::optional<Guid> type_id;  // GPT
  std::optional<std::uint8_t> mbr_type;  // MBR
  std::optional<Guid> id;                // GPT unique partition GUID
  std::u16string name;                   // GPT
  std::uint64_t attributes = 0;          // GPT attribute bits
  bool active = false;                   // MBR status 0x80
  bool logical = false;                  // MBR, from an EBR
  std::uint64_t offset = 0;              // bytes from the start of the disk
  std::uint64_t size = 0;                // bytes, as the table says
  /// The partition's bytes: shorter than `size` when the image ends before (a finding says so);
  /// null when nothing of it is in the image.
  SourcePtr bytes;
};

struct PartitionTable {
  TableKind kind = TableKind::none;
  std::uint32_t sector_size = 512;             // bytes; as given, or found out
  std::optional<Guid> disk_id;                 // GPT
  std::optional<std::uint32_t> mbr_signature;  // MBR, 0 included
  bool hybrid = false;                         // GPT beside an MBR with partitions of its own
  std::vector<Partition> partitions;           // in order of number
  /// The disk may as well be one volume without a table (its first sector is a boot sector and a
  /// plausible MBR): offer both.
  bool maybe_volume = false;
  Diagnostics diagnostics;
};

/// Reads the table of a disk. `sector_size` is what the container says, if anything.
/// kind none: the disk has no table (it may be one bare volume). io_failed and the like: the disk
/// cannot be read. A damaged table is read as far as it goes, with findings.
Result<PartitionTable> read_partition_table(const SourcePtr& disk,
                                            std::optional<std::uint32_t> sector_size,
                                            const Limits& limits);

}  // namespace casement
