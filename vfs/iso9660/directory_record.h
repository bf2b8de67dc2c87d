// SPDX-License-Identifier: Apache-2.0
// One directory record, checked.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

/// Views into the bytes that it was parsed from.
struct DirectoryRecord {
  std::uint64_t offset = 0;  // on the volume
  std::uint32_t length = 0;  // of the record
  std::uint64_t block = 0;   // where the file's bytes begin, behind its extended attribute record
  std::uint32_t size = 0;    // of this extent
  FileTime recorded;
  std::uint8_t flags = 0;
  bool interleaved = false;
  std::uint16_t volume_number = 0;
  /// Its numbers are the same in both byte orders.
  bool agrees = true;
  Bytes name;        // as stored; 00: this directory, 01: its parent
  Bytes system_use;  // behind the name

  bool has(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }
  /// "." or "..".
  bool is_special() const noexcept;
};

/// The record that `bytes` begins with. `offset` is its place. corrupt: its lengths contradict each
/// other. truncated: `bytes` ends before it.
Result<DirectoryRecord> parse_directory_record(Bytes bytes, std::uint64_t offset);

/// Whether a record may begin here: lengths that fit, numbers that are the same in both byte
/// orders. Finds the way on behind a damaged one.
bool looks_like_record(Bytes bytes) noexcept;

}  // namespace casement
