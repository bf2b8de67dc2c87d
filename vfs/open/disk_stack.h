// SPDX-License-Identifier: Apache-2.0
// From a file to the bytes of the disk in it, through as many containers as there are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/container/container.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"

namespace casement {

struct DiskStack {
  SourcePtr disk;
  std::optional<std::uint32_t> sector_size;  // where a container says so
  std::vector<Layer> layers;                 // one a container; none for a raw disk
  Diagnostics diagnostics;
};

/// Opens a container of whatever kind, and those inside of it; a file that is none is a raw disk.
/// limit_exceeded: more than Limits::max_image_depth containers in each other.
Result<DiskStack> open_disk_stack(const ContainerFile& file, const Limits& limits);

}  // namespace casement
