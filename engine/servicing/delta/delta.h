// SPDX-License-Identifier: Apache-2.0
// Deltas of msdelta.dll ("PA30"): a target made from a source and what is different.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

/// What GetDeltaInfo() tells. Numbers are as stored: none of them is checked.
struct DeltaHeader {
  FileTime target_time;
  std::uint64_t file_type_set = 0;     // what the maker would have taken the files for
  std::uint64_t file_type = 0;         // DELTA_FILE_TYPE_*: what it took them for
  std::uint64_t flags = 0;             // DELTA_FLAG_*
  std::uint64_t target_size = 0;       // bytes
  std::uint64_t hash_algorithm = 0;    // ALG_ID: 0x8003 is MD5; 0: none
  std::vector<std::byte> target_hash;  // empty: none
};

/// DELTA_FILE_TYPE_RAW: the source is taken as it is, and not as a program to be rewritten first.
inline constexpr std::uint64_t delta_file_type_raw = 1;

/// Reads what stands before the patch itself. bad_format: no PA30. truncated: it ends in the
/// header. corrupt: a number of more than 64 bits.
Result<DeltaHeader> read_delta_header(Bytes delta);

/// The target. `source` is what the delta was made against, empty if against nothing; another one
/// gives other bytes or an error, and only a hash in the delta tells. limit_exceeded: the target
/// has more than `max_target_size` bytes. unsupported, with the reason: deltas of programs, which
/// rewrite their source before it is used; hashes and flags that are not known; PA19 and PA31.
/// corrupt or truncated: damage, or a target of another hash. bad_format: no delta.
/// Precondition: `max_target_size` bytes may be allocated.
Result<std::vector<std::byte>> apply_delta(Bytes delta, Bytes source,
                                           std::uint64_t max_target_size);

}  // namespace casement
