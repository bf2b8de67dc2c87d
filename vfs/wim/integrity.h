// SPDX-License-Identifier: Apache-2.0
// The integrity table: a SHA-1 for each stretch of the file.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/wim/part_set.h"

namespace casement::wim {

struct IntegrityTable {
  std::uint64_t begin = 0;  // bytes of the file that are covered
  std::uint64_t end = 0;
  std::uint32_t chunk_size = 0;
  std::vector<Sha1> digests;  // of chunk after chunk
};

/// nullopt: the part has none. corrupt: sizes that contradict each other or the header.
Result<std::optional<IntegrityTable>> read_integrity_table(const WimPart& part,
                                                           const Limits& limits);

}  // namespace casement::wim
