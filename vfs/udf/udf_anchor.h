// SPDX-License-Identifier: Apache-2.0
// How a UDF volume is told, and where its descriptors begin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

/// A descriptor sequence: sectors of the volume.
struct UdfSequence {
  std::uint32_t sector = 0;
  std::uint32_t length = 0;  // bytes
};

struct UdfAnchor {
  std::uint32_t sector_size = 0;
  std::uint64_t sector = 0;  // where it lies
  UdfSequence main;
  UdfSequence reserve;
};

/// The identifiers of the volume recognition sequence: "CD001" (also those of ISO 9660, when the
/// medium is a bridge), "BEA01", "NSR02". Empty: none. Errors: it cannot be read.
Result<std::vector<std::string>> read_recognition_sequence(const ByteSource& volume);

/// Whether NSR02 or NSR03 is among them: the volume is UDF.
bool names_udf(const std::vector<std::string>& identifiers) noexcept;

/// The anchors of the first sector size that has any, in the order in which they should be used.
/// Sizes of 2048, 512, 4096, 1024, 8192, 16384 and 32768 are tried; places are sector 256, the last
/// one, the one 256 before it, and 512 (of media that were not closed). Errors: none was found, and
/// something could not be read.
Result<std::vector<UdfAnchor>> find_udf_anchors(const ByteSource& volume);

}  // namespace casement
