// SPDX-License-Identifier: Apache-2.0
// Writing whole pieces; line ends.
#include "tools/dism/output.h"

#include <unistd.h>

#include <cerrno>

namespace casement::dism {
namespace {

int write_all(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

std::string with_crlf(std::string_view text) {
  std::string ended;
  ended.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    if (c == '\n') {
      ended += '\r';
    }
    ended += c;
  }
  return ended;
}

}  // namespace

Sink descriptor_sink(int descriptor) {
  return [descriptor](std::string_view bytes) { return write_all(descriptor, bytes); };
}

bool Output::flush() {
  if (!quiet_ && error_ == 0 && !text_.empty()) {
    error_ = sink_(crlf_ ? with_crlf(text_) : text_);
  }
  text_.clear();
  return error_ == 0;
}

}  // namespace casement::dism
