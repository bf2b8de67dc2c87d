// SPDX-License-Identifier: Apache-2.0
// Slicing with messages that say what was asked and what is there.
#include "vfs/core/bytes.h"

#include <fmt/format.h>

namespace casement {

Result<Bytes> slice(Bytes data, std::uint64_t offset, std::uint64_t length, const char* what) {
  if (!in_range(data.size(), offset, length)) [[unlikely]] {
    return fail(Status::truncated,
                fmt::format("{}: needs {} bytes at 0x{:x}, only 0x{:x} are there", what, length,
                            offset, data.size()));
  }
  return data.subspan(offset, length);
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
