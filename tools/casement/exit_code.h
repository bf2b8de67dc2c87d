// SPDX-License-Identifier: Apache-2.0
// Exit codes of the program.
#pragma once

namespace casement::cli {

/// Documented in --help and in the man pages; scripts rely on the numbers.
enum class ExitCode : int {
  ok = 0,
  failed = 1,   // not found, or it could not be opened or written
  usage = 2,    // the arguments make no sense
  partial = 3,  // the output is there, but something in the image was damaged
};

}  // namespace casement::cli
