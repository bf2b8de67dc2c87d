// SPDX-License-Identifier: Apache-2.0
// The header of dynamic and differencing VHDs.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/guid.h"

namespace casement {

/// Where the file stores a path to its parent. Not checked against the file's size.
struct VhdParentLocator {
  std::string platform;  // "W2ru"; empty: the entry is not used
  std::uint64_t offset = 0;
  std::uint32_t length = 0;  // bytes
};

/// Fields that are within their legal range.
struct VhdDynamicHeader {
  bool checksum_valid = true;
  std::uint64_t table_offset = 0;
  std::uint32_t table_entries = 0;
  std::uint32_t block_shift = 0;  // log2 of the block size
  Guid parent_id;
  std::u16string parent_name;
  std::array<VhdParentLocator, 8> locators;

  std::uint32_t block_size() const noexcept { return std::uint32_t{1} << block_shift; }

  /// truncated. corrupt: no "cxsparse", or an impossible block size. unsupported: another version.
  static Result<VhdDynamicHeader> read(const ByteSource& source, std::uint64_t offset);
};

}  // namespace casement
