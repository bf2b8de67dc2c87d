// SPDX-License-Identifier: Apache-2.0
// Messages on standard error.
#include "tools/casement/messages.h"

#include <fmt/format.h>
#include <unistd.h>

#include "tools/casement/render/text.h"
#include "tools/casement/render/width.h"
#include "tools/support/write_all.h"

namespace casement::cli {
namespace {

// A path may have 32,767 units; nobody reads more than the ends of such a line.
constexpr std::size_t max_line = 1500;

/// Nothing sensible can be done when standard error itself fails.
void write_line(std::string_view prefix, std::string_view text) {
  std::string line{prefix};
  std::string visible;
  append_printable(visible, text);
  if (visible.size() > max_line) {
    visible = shorten(visible, max_line);
  }
  line += visible;
  line += '\n';
  (void)write_all(STDERR_FILENO, line);
}

}  // namespace

void say_error(std::string_view text) {
  write_line("casement: error: ", text);
}
void say_error(const Error& error) {
  say_error(error.message());
}
void say_warning(std::string_view text) {
  write_line("casement: warning: ", text);
}
void say_note(std::string_view text) {
  write_line("casement: note: ", text);
}
void say_hint(std::string_view text) {
  write_line("  hint: ", text);
}

ExitCode fail_with(const Error& error) {
  say_error(error);
  return error.status() == Status::invalid_argument ? ExitCode::usage : ExitCode::failed;
}

void DamageReport::add(std::string_view place, std::string_view what) {
  ++count_;
  if (count_ <= max_printed) {
    say_warning(place.empty() ? std::string(what) : fmt::format("{}: {}", place, what));
  }
}

void DamageReport::finish() {
  if (count_ > max_printed) {
    say_warning(fmt::format("{} more findings like these", count_ - max_printed));
  }
}

}  // namespace casement::cli
