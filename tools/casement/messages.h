// SPDX-License-Identifier: Apache-2.0
// What the program says on standard error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/casement/exit_code.h"
#include "vfs/core/error.h"

namespace casement::cli {

/// One line each, "casement: error: ..."; control characters of an image's names are made visible,
/// and text of absurd length is cut in its middle.
void say_error(std::string_view text);
void say_error(const Error& error);
void say_warning(std::string_view text);
void say_note(std::string_view text);
/// "  hint: ...": what to try instead.
void say_hint(std::string_view text);

/// Says the error; the exit code that it has: a malformed argument is a usage error.
ExitCode fail_with(const Error& error);

/// Counts damage met during a walk and says it where the reader can see the place. After many lines
/// only the count goes on, so that a ruined image does not bury the terminal.
class DamageReport {
 public:
  /// `place` is the key (and value), empty when `what`, the finding, names it.
  void add(std::string_view place, std::string_view what);
  /// Says how many findings were not printed. Call once, at the end.
  void finish();
  std::size_t count() const noexcept { return count_; }

 private:
  static constexpr std::size_t max_printed = 50;
  std::size_t count_ = 0;
};

}  // namespace casement::cli
