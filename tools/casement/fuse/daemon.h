// SPDX-License-Identifier: Apache-2.0
// Going on in the background once everything works, and not before.
#pragma once

#include <variant>

#include "tools/casement/exit_code.h"
#include "vfs/core/result.h"
#include "vfs/host/unique_fd.h"

namespace casement::cli {

/// The half of the process that does the work. The other half waits at the terminal: for detach(),
/// or for the end of this one, whose exit code it then takes over.
class Daemon {
 public:
  /// Splits the process; to be called before there are threads. The exit code: this is the half
  /// that waited, and nothing is left for it to do. io_failed: there cannot be another process.
  static Result<std::variant<ExitCode, Daemon>> start();

  /// Leaves the terminal, its session and the current directory, and lets the other half end with
  /// ExitCode::ok. From any thread; once.
  void detach();

 private:
  explicit Daemon(UniqueFd waiting) : waiting_(std::move(waiting)) {}
  UniqueFd waiting_;  // the pipe at whose other end somebody waits
};

}  // namespace casement::cli
