// SPDX-License-Identifier: Apache-2.0
// Moving the window.
#include "vfs/wim/metadata_view.h"

#include <fmt/format.h>

#include <algorithm>

namespace casement::wim {

Result<Bytes> MetadataView::fetch(std::uint64_t offset, std::uint64_t length, const char* what) {
  if (!in_range(size_, offset, length)) {
    return fail(Status::truncated, fmt::format("{} of {} bytes at 0x{:x} of {} bytes of metadata",
                                               what, length, offset, size_));
  }
  CASEMENT_TRY(load(offset, length));
  return piece_.subspan(static_cast<std::size_t>(offset - begin_),
                        static_cast<std::size_t>(length));
}

Result<void> MetadataWindow::load(std::uint64_t offset, std::uint64_t length) {
  const std::uint64_t begin = offset & ~(window_ - 1);
  const std::uint64_t last = (offset + length - 1) | (window_ - 1);  // in range, so nothing wraps
  const std::uint64_t end = length == 0 ? offset : std::min(last + 1, size());
  set_piece(0, {});  // nothing is there when reading fails
  buffer_.resize(static_cast<std::size_t>(end - begin));
  CASEMENT_TRY(source_->read(begin, buffer_));
  set_piece(begin, buffer_);
  return {};
}

}  // namespace casement::wim
