// SPDX-License-Identifier: Apache-2.0
// Everything that a VHDX says of itself, its log replayed.
#pragma once

#include <optional>
#include <string>

#include "vfs/container/vhdx/block_table.h"
#include "vfs/container/vhdx/log_replay.h"
#include "vfs/container/vhdx/metadata.h"
#include "vfs/container/vhdx/region_table.h"
#include "vfs/container/vhdx/vhdx_header.h"

namespace casement {

struct VhdxFile {
  VhdxHeaders headers;
  VhdxReplay replay;  // replay.bytes is what everything else was read from
  VhdxRegionTable regions;
  VhdxMetadata metadata;
  Diagnostics diagnostics;

  /// Reads all but the block table. bad_format: no "vhdxfile". Both headers may be damaged: then
  /// the file is used without its log. Other errors as VhdxRegionTable and VhdxMetadata.
  static Result<VhdxFile> open(const SourcePtr& source, const Limits& limits);

  Result<VhdxBlockTable> block_table(const Limits& limits) const {
    return VhdxBlockTable::read(*replay.bytes, regions.block_table, metadata, limits);
  }

  /// "fixed", "dynamic", "differencing".
  const char* type_name() const noexcept;
};

}  // namespace casement
