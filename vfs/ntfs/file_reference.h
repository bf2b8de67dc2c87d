// SPDX-License-Identifier: Apache-2.0
// Which file record, and which generation of it.
#pragma once

#include <cstdint>

#include "vfs/fs/file_system.h"

namespace casement::ntfs {

/// 48 bits of record number, 16 bits of sequence number, as stored. It is also the NodeId of NTFS.
struct FileReference {
  std::uint64_t value = 0;

  friend constexpr bool operator==(FileReference, FileReference) = default;

  static constexpr FileReference make(std::uint64_t record, std::uint16_t sequence) noexcept {
    return {(record & record_mask) | (std::uint64_t{sequence} << 48)};
  }
  static constexpr FileReference from_node(NodeId node) noexcept { return {node.value}; }

  constexpr std::uint64_t record() const noexcept { return value & record_mask; }
  /// Counted up whenever the record is freed. 0 in a reference: any generation.
  constexpr std::uint16_t sequence() const noexcept {
    return static_cast<std::uint16_t>(value >> 48);
  }
  constexpr NodeId node() const noexcept { return {value}; }

  /// A record of this sequence number is the one that is meant.
  constexpr bool matches(std::uint16_t record_sequence) const noexcept {
    return sequence() == 0 || sequence() == record_sequence;
  }

 private:
  static constexpr std::uint64_t record_mask = 0x0000'FFFF'FFFF'FFFF;
};

}  // namespace casement::ntfs
