// SPDX-License-Identifier: Apache-2.0
// The files of one WIM: one, or the parts of a split set that could be found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"
#include "vfs/wim/part_header.h"
#include "vfs/wim/resource.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {

/// One file.
struct WimPart {
  SourcePtr source;
  std::string name;  // last component
  PartHeader header;

  std::uint16_t number() const noexcept { return header.header.part; }
  /// How its resources that are not solid are packed.
  ResourceFormat format() const noexcept {
    return {.compression = header.header.compression,
            .chunk_size = header.header.chunk_size,
            .table = header.header.pipable ? ChunkTableKind::trailing : ChunkTableKind::leading};
  }
};

/// The parts that are there.
struct PartSet {
  std::vector<WimPart> parts;  // in the order of their numbers, each once
  std::uint16_t part_count = 1;

  /// nullptr: it is missing.
  const WimPart* find(std::uint16_t number) const noexcept;
};

/// The file that was named, and the others of its set: by the numbering of names (install.swm,
/// install2.swm, ...), then by GUID and part number among the folder's files of its kind. Missing
/// parts ("wim-part-missing") and files that only look like parts ("wim-part-foreign") are
/// findings. Errors: as read_part_header() for the file that was named.
Result<PartSet> find_parts(const WimLocation& location, Diagnostics& findings);

}  // namespace casement::wim
