// SPDX-License-Identifier: Apache-2.0
// Writing to a descriptor, whole pieces at a time.
#include "tools/casement/output.h"

#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace casement::cli {

Output::Output(int descriptor) : descriptor_(descriptor), terminal_(::isatty(descriptor) == 1) {}

bool Output::flush() {
  std::string_view rest = text_;
  while (error_ == 0 && !rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  text_.clear();
  return error_ == 0;
}

bool Output::reader_gone() const noexcept {
  return error_ == EPIPE;
}

}  // namespace casement::cli
