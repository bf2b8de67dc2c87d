// SPDX-License-Identifier: Apache-2.0
// Where the bytes of a file's streams really are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vfs/fs/file_system.h"
#include "vfs/ntfs/node.h"

namespace casement::ntfs {

/// The reparse buffer with its header. not_a_reparse_point: there is none. limit_exceeded: more
/// than the 16 KiB that Windows allows.
Result<std::vector<std::byte>> read_reparse_data(const NtfsNode& node);

/// Kind and reparse tag of the main stream, decided without reading it (a non-resident reparse
/// point costs one read).
struct NtfsContent {
  ContentKind kind = ContentKind::stored;
  std::uint32_t reparse_tag = 0;  // 0: none
};
NtfsContent find_content(const NtfsNode& node);

/// All of stat(), from the attributes rather than from directory entries.
NodeInfo node_info(const NtfsNode& node);

/// The main stream (`stream` empty) or a named one. WOF and LZNT1 give the plain bytes, EFS the
/// ciphertext. not_found: no such stream. unsupported: backed by a WIM, deduplicated or in the
/// cloud; the text says which. unsupported, corrupt: a WOF file whose reparse point or compressed
/// stream cannot be used, or any whose content is not here by a reparse point that cannot be read.
/// Of a deleted file: see report_reallocated().
Result<SourcePtr> open_content(const NtfsNode& node, std::u16string_view stream);

}  // namespace casement::ntfs
