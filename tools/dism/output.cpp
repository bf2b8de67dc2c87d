// SPDX-License-Identifier: Apache-2.0
// Writing whole pieces; line ends.
#include "tools/dism/output.h"

#include "tools/support/write_all.h"

namespace casement::dism {
namespace {

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
