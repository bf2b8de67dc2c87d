// SPDX-License-Identifier: Apache-2.0
// Whether the files that a directory names are really there.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vfs/ntfs/names.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

enum class RecordState : std::uint8_t {
  live,
  stale,      // free, used by another file, or an extension record
  unreadable  // damaged: nothing can be said
};

struct CheckedRecord {
  RecordState state = RecordState::live;
  FileReference file;              // with the sequence number of the record
  NodeKind kind = NodeKind::file;  // unreadable: what the name says
};

/// Checks the files of many names, with one read for records that lie together. One result a name,
/// in the same order.
std::vector<CheckedRecord> check_records(const NtfsVolumePtr& volume,
                                         std::span<const ListedName> names);

/// What stat() says of a node's kind, and little more.
NodeKind node_kind(const NtfsNode& node);

}  // namespace casement::ntfs
