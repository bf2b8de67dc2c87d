// SPDX-License-Identifier: Apache-2.0
// One directory entry of an image: its fixed part, checked.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "vfs/core/digest.h"
#include "vfs/core/filetime.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/wim/metadata_layout.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

/// The hash of no bytes: there is no blob of it.
inline bool is_zero(const Sha1& hash) noexcept {
  return hash == Sha1{};
}

/// What an entry says of its file. Names and streams are read when they are wanted.
struct Dentry {
  std::uint64_t offset = 0;  // in the metadata
  std::uint64_t extras = 0;  // where the extra stream entries begin; without any the next entry
  std::uint64_t subdir_offset = 0;  // 0: no entries
  std::uint32_t attributes = 0;
  std::int32_t security_id = metadata_layout::no_security;
  FileTime created;
  FileTime accessed;
  FileTime modified;
  Sha1 main_hash{};
  std::uint32_t reparse_tag = 0;  // 0: no reparse point
  std::uint16_t reparse_reserved = 0;
  std::uint16_t reparse_flags = 0;
  std::uint64_t link_group = 0;  // 0: no hard links
  std::uint16_t extra_count = 0;
  std::uint16_t name_size = 0;  // bytes, even; inside the entry
  std::uint16_t short_name_size = 0;
  /// The sizes of the names are odd or larger than the entry; both are 0 then.
  bool names_damaged = false;

  bool is_directory() const noexcept { return (attributes & file_attribute::directory) != 0; }
  bool is_reparse_point() const noexcept {
    return (attributes & file_attribute::reparse_point) != 0;
  }
  bool is_encrypted() const noexcept { return (attributes & file_attribute::encrypted) != 0; }
  /// A link for path walking, a directory or a file.
  NodeKind kind() const noexcept;
};

/// Rounded up to the alignment of entries. Precondition: no offset in a metadata resource is larger
/// than max_metadata_size.
constexpr std::uint64_t align_up(std::uint64_t offset) noexcept {
  return (offset + metadata_layout::alignment - 1) & ~(metadata_layout::alignment - 1);
}

/// Larger metadata is refused. 500,000 entries take 100 MB; offsets fit 32 bits.
inline constexpr std::uint64_t max_metadata_size = std::uint64_t{1} << 30;

/// nullopt: the end of a directory. corrupt, truncated: a length that cannot be one, so that nobody
/// knows where the next entry begins.
Result<std::optional<Dentry>> read_dentry(MetadataView& view, std::uint64_t offset);

}  // namespace casement::wim
