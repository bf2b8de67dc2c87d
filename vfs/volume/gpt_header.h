// SPDX-License-Identifier: Apache-2.0
// A checked GPT header.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/guid.h"

namespace casement {

/// Its fields fit one another; whether the entries are there is checked where they are read.
struct GptHeader {
  Guid disk_id;
  std::uint64_t lba = 0;            // where it says that it lies
  std::uint64_t alternate_lba = 0;  // where the other header is
  std::uint64_t entries_lba = 0;
  std::uint32_t entry_count = 0;
  std::uint32_t entry_size = 0;  // 128 to 4096, a multiple of 8
  std::uint32_t entries_crc = 0;
  bool checksum_good = false;
};

/// `sector` is one sector. bad_format: no "EFI PART". corrupt: entries of a size that cannot be.
/// A wrong checksum or position is no error: see checksum_good and lba.
Result<GptHeader> parse_gpt_header(Bytes sector);

}  // namespace casement
