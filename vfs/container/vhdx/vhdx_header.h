// SPDX-License-Identifier: Apache-2.0
// The two headers of a VHDX and the choice between them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"

namespace casement {

/// A header with the right checksum.
struct VhdxHeader {
  std::uint64_t sequence = 0;
  Guid file_write_id;
  Guid data_write_id;  // what children know their parent by
  Guid log_id;         // nil: the log is empty
  std::uint16_t log_version = 0;
  std::uint32_t log_size = 0;  // bytes, not checked
  std::uint64_t log_offset = 0;

  /// bad_format: no "head". corrupt: the checksum is wrong. truncated. unsupported: another
  /// version.
  static Result<VhdxHeader> read(const ByteSource& source, std::uint64_t offset);
};

/// Both headers. They are written in turns, so that one of them always survives.
struct VhdxHeaders {
  std::array<std::optional<VhdxHeader>, 2> slots;

  /// The one with the higher sequence number; nullptr: both are damaged.
  const VhdxHeader* current() const noexcept;

  /// A header that cannot be used gives a finding: a warning, or an error when none is left.
  /// io_failed from below.
  static Result<VhdxHeaders> read(const ByteSource& source, Diagnostics& diagnostics);
};

/// Whether the file begins with "vhdxfile".
Result<bool> has_vhdx_signature(const ByteSource& source);

/// What made the file, as it says itself: "Microsoft Windows 10.0.18363.0".
Result<std::string> read_vhdx_creator(const ByteSource& source);

/// The CRC-32C of a structure whose u32 at `checksum_offset` counts as 0. Precondition: the
/// structure holds that field.
std::uint32_t vhdx_checksum(Bytes structure, std::size_t checksum_offset) noexcept;

}  // namespace casement
