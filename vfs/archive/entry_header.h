// SPDX-License-Identifier: Apache-2.0
// One member's header as libarchive gives it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/filetime.h"

struct archive_entry;

namespace casement {

/// What a header says a member is.
enum class EntryKind : std::uint8_t { file, directory, symlink, hard_link, special };

/// One member's header as libarchive gives it. Nothing of it is checked.
struct EntryHeader {
  std::string path;  // bytes; empty also when libarchive could not give one
  EntryKind kind = EntryKind::file;
  std::string target;                 // of a symlink or hard link
  std::optional<std::uint64_t> size;  // nullopt: known only after reading
  std::uint32_t attributes = 0;       // FILE_ATTRIBUTE_* of FILE_ATTRIBUTE_READONLY and the like
  bool encrypted = false;
  bool sparse = false;
  FileTime created;
  FileTime modified;
  FileTime changed;
  FileTime accessed;
  std::uint64_t header_offset = 0;   // in the bytes that the format reads: unpacked ones of .tar.gz
  std::uint64_t content_offset = 0;  // after the header, in the same bytes
};

/// Everything but the offsets. `clock_readings`: the format keeps the reading of a clock and no
/// zone. `from_windows`: the format is one of Windows programs, whose attributes and times
/// libarchive puts into the terms of Unix. Precondition: `entry` is not null.
EntryHeader read_entry_header(archive_entry* entry, bool clock_readings, bool from_windows);

}  // namespace casement
