// SPDX-License-Identifier: Apache-2.0
// Windows that begin with the end of the one before them.
#include "vfs/wim/verify_window.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace casement::wim {
namespace {

/// Bytes that are read at once when less is asked for.
constexpr std::uint64_t window_size = std::uint64_t{2} << 20;

}  // namespace

Result<WindowPtr> WindowReader::fetch(std::uint64_t offset, std::uint64_t length) {
  if (covers(offset, length)) {
    return window_;
  }
  std::vector<std::byte> kept;  // what the last window has of it already
  if (covers(offset, 1)) {
    kept = to_vector(window_->bytes(offset, window_->offset + window_->size - offset));
  }
  window_.reset();  // before waiting for memory
  std::uint64_t wanted = std::max(length, std::min(window_size, file_->size() - offset));
  for (;;) {
    auto window = std::make_shared<Window>();
    window->share = budget_.take(wanted);
    window->offset = offset;
    window->size = static_cast<std::size_t>(wanted);
    window->storage = std::make_unique_for_overwrite<std::byte[]>(window->size);
    const MutableBytes all(window->storage.get(), window->size);
    std::ranges::copy(kept, all.begin());
    auto read = file_->read(offset + kept.size(), all.subspan(kept.size()));
    if (read) {
      if (integrity_ != nullptr) {
        integrity_->feed(offset, all);
      }
      window_ = std::move(window);
      return window_;
    }
    if (wanted == length) {
      return std::unexpected(std::move(read).error());
    }
    wanted = length;  // the damage may lie behind what is asked for
    kept.resize(std::min(kept.size(), static_cast<std::size_t>(length)));
  }
}

}  // namespace casement::wim
