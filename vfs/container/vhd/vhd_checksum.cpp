// SPDX-License-Identifier: Apache-2.0
// The byte sum, and the byte order of UUIDs.
#include "vfs/container/vhd/vhd_checksum.h"

#include <algorithm>

namespace casement {

std::uint32_t vhd_checksum(Bytes structure, std::size_t checksum_offset) noexcept {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < structure.size(); ++i) {
    if (i < checksum_offset || i - checksum_offset >= sizeof(std::uint32_t)) {
      sum += std::to_integer<std::uint32_t>(structure[i]);
    }
  }
  return ~sum;
}

Guid vhd_guid(Bytes raw) noexcept {
  Guid id = Guid::from_bytes(raw);
  std::reverse(id.raw.begin(), id.raw.begin() + 4);
  std::reverse(id.raw.begin() + 4, id.raw.begin() + 6);
  std::reverse(id.raw.begin() + 6, id.raw.begin() + 8);
  return id;
}

}  // namespace casement
