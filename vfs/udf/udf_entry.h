// SPDX-License-Identifier: Apache-2.0
// File entries and extended file entries: what UDF says of one file.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/core/filetime.h"
#include "vfs/core/result.h"
#include "vfs/core/unique_findings.h"
#include "vfs/udf/udf_space.h"

namespace casement {

/// A file entry whose tag and lengths were checked. Where its extents lie was not.
struct UdfEntry {
  UdfPlace place;
  std::uint16_t strategy = 0;
  std::uint8_t file_type = 0;
  std::uint16_t flags = 0;
  std::uint32_t permissions = 0;
  std::uint16_t link_count = 0;
  std::uint64_t size = 0;
  std::uint64_t blocks = 0;  // recorded
  FileTime accessed;
  FileTime modified;
  FileTime created;  // of file entries: from their extended attributes, where those have it
  FileTime changed;
  std::optional<UdfPlace> streams;  // the stream directory
  /// Allocation descriptors; or, where the flags say so, the file's bytes.
  std::vector<std::byte> allocations;

  bool is_directory() const noexcept;
  std::uint16_t allocation_kind() const noexcept;
};

/// `block` is the block at `place`. corrupt: it holds no file entry.
Result<UdfEntry> parse_udf_entry(Bytes block, UdfPlace place);

/// The entry at `place`. A metadata partition's mirror replaces an entry that cannot be read
/// (finding "udf-mirror"). In chains of indirect entries (strategy 4096) the last one counts.
Result<UdfEntry> read_udf_entry(const UdfSpace& space, UdfPlace place, UniqueFindings& findings);

}  // namespace casement
