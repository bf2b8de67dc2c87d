// SPDX-License-Identifier: Apache-2.0
// Bounds on what an image may make us do. Every one can be changed, and is reported when hit.
#pragma once

#include <cstdint>

namespace casement {

/// Defaults are generous for real images and small for hostile ones.
struct Limits {
  /// Components of a path. Windows paths have at most 32,767 units, real ones below 64 components.
  std::uint32_t max_path_depth = 1024;
  /// Reparse points followed while resolving one path: Windows' own limit.
  std::uint32_t max_reparse = 63;
  /// Entries read from one directory. The largest WinSxS directories hold about 40,000.
  std::uint32_t max_directory_entries = 4'000'000;
  /// Nesting of registry keys. Windows allows 512 levels.
  std::uint32_t max_key_depth = 512;
  /// Subkeys or values of one key. HKCR of a real machine has about 10,000.
  std::uint32_t max_key_entries = 1'000'000;
  /// Bytes of one registry value. Windows allows 1 MiB in practice; PRODUCTOPTIONS blobs are small.
  std::uint64_t max_value_size = std::uint64_t{64} << 20;
  /// Inherited objects followed for one BCD element.
  std::uint32_t max_bcd_inherit = 8;
  /// Images inside images: win11.iso!/install.wim, a VHDX on a partition of a VHDX.
  std::uint32_t max_image_depth = 4;
  /// Files of one chain of differencing disks or backing files. Windows' own limit is 1024 for
  /// VHDX; chains beyond a few dozen are not seen.
  std::uint32_t max_parent_chain = 64;
  /// Segment or extent files of one split image.
  std::uint32_t max_segments = 100'000;
  /// Partitions of one disk: GPT disks have 128 entries, the specification knows no bound.
  std::uint32_t max_partitions = 4096;
  /// Logical partitions of one MBR disk (links of the EBR chain).
  std::uint32_t max_logical_partitions = 128;
  /// Runs of one stream. A file of 16 TiB in 1 MiB pieces has as many.
  std::uint32_t max_runs = 16'000'000;
  /// Bytes of one $ATTRIBUTE_LIST. Windows itself stops at 256 KiB.
  std::uint64_t max_attribute_list_size = std::uint64_t{64} << 20;
  /// Bytes of one table that is kept in memory whole: a block allocation table, an L1 table, a log.
  std::uint64_t max_table_size = std::uint64_t{256} << 20;
  /// Bytes of decompressed chunks and blocks kept for one opened image.
  std::uint64_t max_cache_size = std::uint64_t{16} << 20;
  /// Device descriptors nested in one BCD device element (file in partition in VHD in file ...).
  std::uint32_t max_bcd_device_depth = 8;
};

}  // namespace casement
