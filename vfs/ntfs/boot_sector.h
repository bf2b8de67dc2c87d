// SPDX-License-Identifier: Apache-2.0
// The boot sector, checked: how large everything on the volume is, and where the MFT begins.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/core/byte_source.h"

namespace casement::ntfs {

/// Every value within its legal range; divisors are powers of two.
struct NtfsGeometry {
  std::uint32_t sector_size = 512;        // 256 to 4096
  std::uint32_t cluster_size = 4096;      // 512 to 2 MiB
  std::uint32_t record_size = 1024;       // bytes of a file record, 512 to 64 KiB
  std::uint32_t index_block_size = 4096;  // 512 to 64 KiB
  std::uint64_t cluster_count = 0;        // an LCN is less than this; not 0
  std::uint64_t volume_size = 0;          // bytes by the boot sector, at most 2^63 - 1
  std::uint64_t mft_lcn = 0;              // less than cluster_count
  std::uint64_t mft_mirror_lcn = 0;       // not checked: a mirror is not needed
  std::uint64_t serial = 0;
  std::uint32_t hidden_sectors = 0;  // before the volume, on the disk that it was made on

  friend bool operator==(const NtfsGeometry&, const NtfsGeometry&) = default;
};

/// `sector` has the OEM name "NTFS    ". Nothing else is looked at.
bool has_ntfs_name(Bytes sector) noexcept;

/// Parses the 512 bytes of a main or backup boot sector. bad_format: not NTFS. truncated. corrupt:
/// a value that cannot be. The end mark 55 AA is not required: data volumes may lack it.
Result<NtfsGeometry> parse_boot_sector(Bytes sector);

/// What both boot sectors say; at least one of them is usable.
struct BootSectors {
  /// From the first sector.
  std::optional<NtfsGeometry> main;
  /// From the last sector of the volume, if it leads to a file record. nullopt where there is none,
  /// as in a volume that was imaged one sector short, or where the first sector is that of another
  /// file system, which was made over an old NTFS.
  std::optional<NtfsGeometry> backup;
  /// Why `main` is absent.
  std::optional<Error> main_error;
};

/// Reads both. The status is that of the first sector when neither is usable: bad_format means
/// that nothing in it speaks of NTFS.
Result<BootSectors> read_boot_sectors(const ByteSource& volume);

/// The first sector claims to be NTFS; or it claims nothing, and the backup leads to a file record.
/// Errors: the first sector cannot be read and there is no backup.
Result<bool> claims_to_be_ntfs(const ByteSource& volume);

}  // namespace casement::ntfs
