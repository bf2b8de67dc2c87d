// SPDX-License-Identifier: Apache-2.0
// The region table of a VHDX: where its block allocation table and its metadata are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"

namespace casement {

struct VhdxRegion {
  Guid id;
  std::uint64_t offset = 0;
  std::uint32_t length = 0;
  bool required = false;
};

/// "block table", "metadata", or nothing for a region that we do not know.
const char* vhdx_region_name(const Guid& id) noexcept;

struct VhdxRegionTable {
  std::vector<VhdxRegion> regions;  // all that the table lists
  VhdxRegion block_table;
  VhdxRegion metadata;

  /// The first of the two copies with the right checksum; a damaged first one is a finding.
  /// corrupt: both are damaged, a region is missing or listed twice, or lies where it cannot.
  /// unsupported: a region that we do not know is required. That regions lie within the file is
  /// checked when they are read.
  static Result<VhdxRegionTable> read(const ByteSource& source, Diagnostics& diagnostics);
};

}  // namespace casement
