// SPDX-License-Identifier: Apache-2.0
// Writing to a descriptor, whole pieces at a time.
#include "tools/casement/output.h"

#include <unistd.h>

#include <cerrno>

#include "tools/support/write_all.h"

namespace casement::cli {

Output::Output(int descriptor) : descriptor_(descriptor), terminal_(::isatty(descriptor) == 1) {}

bool Output::flush() {
  if (error_ == 0) {
    error_ = write_all(descriptor_, text_);
  }
  text_.clear();
  return error_ == 0;
}

bool Output::write(std::string_view bytes) {
  if (flush()) {
    error_ = write_all(descriptor_, bytes);
  }
  return error_ == 0;
}

bool Output::reader_gone() const noexcept {
  return error_ == EPIPE;
}

}  // namespace casement::cli
