// SPDX-License-Identifier: Apache-2.0
// $FILE_NAME: one name of a file in one directory. Also the key of directory index entries.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/ntfs/file_reference.h"

namespace casement::ntfs {

enum class NtfsNameSpace : std::uint8_t { posix, win32, dos, win32_and_dos };

/// A view of a name. Times, sizes and attributes are copies that Windows updates lazily: trust
/// $STANDARD_INFORMATION and $DATA instead.
struct NtfsFileName {
  FileReference parent;
  FileTime created;
  FileTime modified;
  FileTime changed;
  FileTime accessed;
  std::uint64_t allocated_size = 0;
  std::uint64_t data_size = 0;
  std::uint32_t attributes = 0;   // FILE_ATTRIBUTE_* and ntfs_layout::file_name_flag
  std::uint32_t reparse_tag = 0;  // when attributes say reparse point; else the size of the EAs
  NtfsNameSpace name_space = NtfsNameSpace::win32;
  Bytes raw_name;  // UTF-16LE, not empty

  std::u16string name() const;
  bool is_directory() const noexcept;
  bool is_reparse_point() const noexcept;
  /// A name that a listing shows; DOS names only accompany another one.
  bool is_listed() const noexcept { return name_space != NtfsNameSpace::dos; }
};

/// truncated: the name is not within `raw`. corrupt: an empty name, an unknown name space.
Result<NtfsFileName> parse_file_name(Bytes raw);

}  // namespace casement::ntfs
