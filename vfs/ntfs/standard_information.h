// SPDX-License-Identifier: Apache-2.0
// $STANDARD_INFORMATION: times, attributes, security id.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"

namespace casement::ntfs {

struct NtfsStandardInformation {
  FileTime created;
  FileTime modified;
  FileTime changed;
  FileTime accessed;
  std::uint32_t attributes = 0;   // FILE_ATTRIBUTE_*
  bool case_sensitive = false;    // a directory that tells "a" from "A"
  std::uint32_t security_id = 0;  // key of $Secure:$SII; 0: the descriptor is in the record
  std::uint64_t usn = 0;
};

/// truncated: less than the 48 bytes that NTFS 1.2 has.
Result<NtfsStandardInformation> parse_standard_information(Bytes raw);

}  // namespace casement::ntfs
