// SPDX-License-Identifier: Apache-2.0
// Partitions that lie in a file of another: metadata partitions and virtual ones.
#pragma once

#include <cstdint>

#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/udf/udf_space.h"

namespace casement {

struct TypedPartitionContext {
  const UdfSpace& below;
  std::uint16_t base = 0;         // the partition of `below` that they lie in
  std::uint64_t base_offset = 0;  // where that one begins on the volume
  const Limits& limits;
  UniqueFindings& findings;
};

/// UDF 2.2.10. `map` is its partition map. corrupt: neither the metadata file nor its mirror can be
/// read. When one of them cannot be read, that is the finding "udf-mirror".
Result<UdfPartition> open_metadata_partition(const TypedPartitionContext& context, Bytes map);

/// UDF 2.2.8 and 2.2.11: the table is the last file that was recorded. corrupt: there is none.
Result<UdfPartition> open_virtual_partition(const TypedPartitionContext& context);

}  // namespace casement
