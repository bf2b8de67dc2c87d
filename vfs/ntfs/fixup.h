// SPDX-License-Identifier: Apache-2.0
// Update sequences: the words at the ends of 512-byte strides that show torn writes.
#pragma once

#include <array>
#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement::ntfs {

/// How a block came through its check.
struct FixupReport {
  /// Strides whose last word was not the update sequence number: they were written at another time
  /// than the block's head. Those words are left as they are.
  std::uint32_t torn_strides = 0;

  bool torn() const noexcept { return torn_strides != 0; }
};

/// Puts the protected words of a FILE or INDX block back in place. The array may be longer than is
/// needed. truncated: shorter than a header. bad_format: another signature than `signature`.
/// corrupt: the array overlaps the block's header or a protected word, or is too short; a block
/// that is no multiple of 512 bytes. `disk_offset` is used in messages only.
Result<FixupReport> apply_fixups(MutableBytes block, std::array<char, 4> signature,
                                 std::uint64_t disk_offset);

}  // namespace casement::ntfs
