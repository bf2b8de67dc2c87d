// SPDX-License-Identifier: Apache-2.0
// Slicing with messages that say what was asked and what is there.
#include "vfs/core/bytes.h"

#include <fmt/format.h>

namespace casement {

std::unexpected<Error> detail::out_of_range(std::uint64_t size, std::uint64_t offset,
                                            std::uint64_t length, const char* what) {
  return fail(Status::truncated, fmt::format("{}: needs {} bytes at 0x{:x}, only 0x{:x} are there",
                                             what, length, offset, size));
}

Bytes Cursor::bytes(std::uint64_t length) noexcept {
  if (overrun_ || !in_range(data_.size(), pos_, length)) {
    overrun_ = true;
    return {};
  }
  const Bytes out = data_.subspan(pos_, length);
  pos_ += length;
  return out;
}

Result<void> Cursor::finish(const char* what) const {
  if (overrun_) {
    return fail(Status::truncated, fmt::format("{} at 0x{:x}: ends after {} of its bytes", what,
                                               disk_offset(), remaining()));
  }
  return {};
}

}  // namespace casement
