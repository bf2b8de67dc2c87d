// SPDX-License-Identifier: Apache-2.0
// The checked header of a QCOW image.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"

namespace casement {

enum class Qcow2Compression : std::uint8_t { deflate, zstd };

/// Every field within its legal range: shifts are safe, and the L1 table lies within the file and
/// covers the disk.
struct Qcow2Header {
  std::uint32_t version = 3;       // 1 to 3
  std::uint64_t size = 0;          // bytes of the disk
  std::uint32_t cluster_bits = 0;  // 9 to 21
  std::uint32_t l2_bits = 0;       // entries of an L2 table, as a power of two
  std::uint64_t l1_offset = 0;     // bytes
  std::uint64_t l1_count = 0;      // entries that the disk needs
  Qcow2Compression compression = Qcow2Compression::deflate;
  bool extended_l2 = false;
  bool external_data = false;
  bool dirty = false;
  bool marked_corrupt = false;
  std::uint32_t snapshot_count = 0;
  std::optional<std::string> backing_file;
  std::optional<std::string> backing_format;
  std::optional<std::string> data_file;

  std::uint64_t cluster_size() const noexcept { return std::uint64_t{1} << cluster_bits; }
  /// Bytes of an L2 entry.
  std::uint32_t l2_entry_size() const noexcept { return extended_l2 ? 16 : 8; }
  /// Bytes of an L2 table.
  std::uint64_t l2_table_size() const noexcept {
    return (std::uint64_t{1} << l2_bits) * l2_entry_size();
  }

  /// bad_format: no QCOW magic. unsupported: other versions, encryption, features that change how
  /// the image is read and that are not known. corrupt, truncated. limit_exceeded: an L1 table
  /// larger than Limits::max_table_size.
  static Result<Qcow2Header> read(const ByteSource& file, const Limits& limits);
};

}  // namespace casement
