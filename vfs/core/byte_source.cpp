// SPDX-License-Identifier: Apache-2.0
// The range check in front of every source.
#include "vfs/core/byte_source.h"

#include <fmt/format.h>

namespace casement {

Result<void> ByteSource::read(std::uint64_t offset, MutableBytes out) const {
  if (!in_range(size(), offset, out.size())) [[unlikely]] {
    return fail(Status::truncated,
                fmt::format("{}: read of {} bytes at 0x{:x}, but its size is 0x{:x}", describe(),
                            out.size(), offset, size()));
  }
  if (out.empty()) {
    return {};
  }
  return do_read(offset, out);
}

}  // namespace casement
