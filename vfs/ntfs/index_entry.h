// SPDX-License-Identifier: Apache-2.0
// One entry of an index node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"
#include "vfs/ntfs/file_reference.h"

namespace casement::ntfs {

/// What an index is over: file names, or values of its own ("view": $SII of $Secure).
enum class IndexKind : std::uint8_t { file_names, view };

/// Points into the node that it was parsed from.
struct IndexEntry {
  FileReference reference;             // in view indexes nothing
  Bytes key;                           // empty in the last entry of a node
  Bytes value;                         // view indexes only
  std::optional<std::uint64_t> child;  // VCN of the block whose keys come before this one
  /// Ends its node; may have a child, never a key.
  bool last = false;
  std::size_t size = 0;  // to the next entry
};

/// Parses the entry at `offset` of `entries`, the entries of one node. corrupt: its size, key,
/// value or child VCN reach out of it, or it reaches out of the node.
Result<IndexEntry> parse_index_entry(Bytes entries, std::uint64_t offset, IndexKind kind);

}  // namespace casement::ntfs
