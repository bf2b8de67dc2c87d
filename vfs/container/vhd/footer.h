// SPDX-License-Identifier: Apache-2.0
// The footer of a VHD, found in one of its three places.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"

namespace casement {

enum class VhdType : std::uint8_t { fixed = 2, dynamic = 3, differencing = 4 };

/// Fields that are within their legal range.
struct VhdFooter {
  bool checksum_valid = true;
  VhdType type = VhdType::fixed;
  std::uint64_t header_offset = 0;  // of the dynamic header; meaningless for fixed disks
  std::uint64_t current_size = 0;   // bytes, not 0
  std::uint64_t geometry_size = 0;  // bytes of cylinders * heads * sectors
  std::string creator;              // "win 10.0", "qemu 5.3"
  Guid id;
  std::uint32_t timestamp = 0;  // seconds since 2000-01-01
  bool saved_state = false;     // the virtual machine was suspended

  /// Parses 511 or 512 bytes that lie at `file_offset`. bad_format: no "conectix". truncated.
  /// unsupported: another version. corrupt: impossible fields. A wrong checksum is not an error:
  /// see checksum_valid.
  static Result<VhdFooter> parse(Bytes raw, std::uint64_t file_offset);
};

/// A footer and where it was.
struct FoundVhdFooter {
  VhdFooter footer;
  std::uint64_t offset = 0;

  /// Bytes of the disk: the current size. Only where a fixed disk's file has exactly as many bytes
  /// as cylinders * heads * sectors (old Virtual PC), and the current size says otherwise, that.
  std::uint64_t disk_size() const noexcept;
};

/// Whether one of the three places has a footer's cookie.
Result<bool> has_vhd_footer(const ByteSource& source);

/// The footer at the end (512 bytes, or 511 of old tools), else the copy at the start that dynamic
/// disks have. The first with a right checksum counts; when there is none, the first that is
/// plausible. Findings say what was damaged. bad_format: no footer at all; else as parse().
Result<FoundVhdFooter> find_vhd_footer(const ByteSource& source, Diagnostics& diagnostics);

}  // namespace casement
