// SPDX-License-Identifier: Apache-2.0
// The volume descriptor sequences: which volume, which partitions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/unique_findings.h"
#include "vfs/udf/udf_anchor.h"
#include "vfs/udf/udf_layout.h"

namespace casement {

/// What prevails: of each kind the one with the highest sequence number.
struct UdfDescriptors {
  std::optional<udf_layout::PrimaryVolume> primary;
  udf_layout::LogicalVolume logical{};
  std::vector<std::byte> maps;                    // the partition maps of `logical`
  std::vector<udf_layout::Partition> partitions;  // one of each number

  std::uint32_t block_size = 0;  // of `logical`: a power of two from 512 to 32768
  /// Of the domain: 0x0102, 0x0250; 0 when it is not OSTA's.
  std::uint16_t revision = 0;

  const udf_layout::Partition* partition(std::uint16_t number) const noexcept;
};

/// The main sequence; where it is damaged or incomplete, what the reserve sequence adds (finding
/// "udf-sequence"). corrupt, truncated: neither has a logical volume with its partitions.
Result<UdfDescriptors> read_udf_descriptors(const ByteSource& volume, const UdfAnchor& anchor,
                                            UniqueFindings& findings);

/// Whether the last integrity descriptor says that the volume is being written. false when there is
/// none to be read.
bool is_udf_volume_open(const ByteSource& volume, const UdfAnchor& anchor,
                        const UdfDescriptors& descriptors);

}  // namespace casement
