// SPDX-License-Identifier: Apache-2.0
// The header of one WIM file, validated.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"
#include "vfs/wim/wim_file.h"
#include "vfs/wim/wim_layout.h"

namespace casement::wim {

/// Where a resource lies. Nothing of it is checked but by those who read it.
struct ResourceLocation {
  std::uint64_t offset = 0;       // in its file
  std::uint64_t stored_size = 0;  // bytes in the file
  std::uint64_t size = 0;         // bytes, plain
  std::uint8_t flags = 0;         // wim_layout::resource_flag

  bool has(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }
  /// Of a table that a header names: it has none.
  bool is_absent() const noexcept { return offset == 0 || stored_size == 0; }

  friend bool operator==(const ResourceLocation&, const ResourceLocation&) = default;
};

ResourceLocation to_location(const wim_layout::ResourceHeader& disk) noexcept;

/// A header and the tables that it names.
struct PartHeader {
  WimHeader header;
  ResourceLocation blob_table;
  ResourceLocation xml;
  ResourceLocation boot_metadata;
  ResourceLocation integrity;
};

/// bad_format: not a WIM. unsupported: a version or compression that is not known. truncated: too
/// short for a header. corrupt: sizes or part numbers that cannot be. The tables' places are not
/// checked.
Result<PartHeader> read_part_header(const ByteSource& file);

}  // namespace casement::wim
