// SPDX-License-Identifier: Apache-2.0
// The system use field: names and times of Rock Ridge (RRIP 1.12 over SUSP 1.12).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

struct RockRidge {
  std::vector<std::byte> name;  // empty: none
  std::optional<FileTime> created;
  std::optional<FileTime> modified;
  std::optional<FileTime> accessed;
  std::optional<FileTime> changed;
  /// The directory that this record stands for begins in this block.
  std::optional<std::uint32_t> child;
  /// The directory was moved here to keep the tree flat: it is listed where it belongs.
  bool relocated = false;
  /// zisofs: the bytes are compressed.
  bool compressed = false;
};

/// Bytes of the volume by block, offset in it, and length.
using ReadContinuation = std::function<Result<std::vector<std::byte>>(
    std::uint32_t block, std::uint32_t offset, std::uint32_t length)>;

/// The entries of a field and of its continuations, `skip` bytes of it passed over. A damaged entry
/// ends the field: what came before counts.
RockRidge parse_rock_ridge(Bytes system_use, std::size_t skip, const ReadContinuation& read);

/// The bytes to pass over in all records, when the field, that of the first record of the root,
/// says that the tree has such fields.
std::optional<std::size_t> find_rock_ridge(Bytes system_use) noexcept;

}  // namespace casement
