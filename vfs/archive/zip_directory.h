// SPDX-License-Identifier: Apache-2.0
// The central directory of a zip archive.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/archive/archive_member.h"
#include "vfs/archive/archive_options.h"
#include "vfs/archive/entry_path.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

/// What the directory says of one member. Names are decoded, nothing else is checked.
struct ZipEntry {
  std::u16string path;
  ZipMember member;
  std::uint64_t size = 0;
  bool encrypted = false;
  bool on_other_disk = false;         // of an archive in several files
  std::uint32_t attributes = 0;       // FILE_ATTRIBUTE_*
  std::optional<std::uint32_t> mode;  // of Unix, with the file type, where one wrote it
  FileTime created;
  FileTime modified;
  FileTime accessed;
  std::uint64_t offset = 0;  // of its header: for messages
};

/// The entries that can be read.
struct ZipDirectory {
  std::vector<ZipEntry> entries;
  std::optional<Error> damage;  // of the first one that cannot
  /// As the end record counts them; 16 bits of it in archives without the Zip64 record.
  std::uint64_t declared = 0;
};

/// corrupt, truncated: there is no end record, or it leads nowhere. limit_exceeded: a directory
/// larger than Limits::max_table_size. io_failed: from the source.
Result<ZipDirectory> read_zip_directory(const ByteSource& archive, const ArchiveOptions& options);

}  // namespace casement
