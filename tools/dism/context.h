// SPDX-License-Identifier: Apache-2.0
// What a command has to work with.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "engine/session/session.h"
#include "tools/dism/log.h"
#include "tools/dism/options.h"
#include "tools/dism/output.h"
#include "tools/dism/refusal.h"

namespace casement::dism {

/// One run of a command.
class Context {
 public:
  /// `notes` gets lines for standard error.
  Context(const Request& request, Output& output, Log& log, const Sink& notes)
      : request_(request), output_(output), log_(log), notes_(notes) {}

  const Request& request() const noexcept { return request_; }
  Output& output() noexcept { return output_; }
  /// Where the body goes.
  std::string& text() noexcept { return output_.text(); }

  /// Null for commands without an image.
  const SessionPtr& session() const noexcept { return session_; }
  void set_session(SessionPtr session) { session_ = std::move(session); }
  /// Precondition of both: there is a session.
  const Image& image() const noexcept { return session_->image(); }
  const PackageStore& packages() const { return session_->packages(); }

  /// An error that the block tells in these words, and standard error with `reason`, which says
  /// what was wrong in this image.
  std::unexpected<Error> refuse(Status status, Refusal refusal, std::string reason) {
    refusal_ = std::move(refusal);
    return fail(status, std::move(reason));
  }
  std::unexpected<Error> refuse(Status status, Refusal refusal, const Error& error) {
    refusal_ = std::move(refusal);
    return fail(status, error.message());
  }
  const Refusal& refusal() const noexcept { return refusal_; }

  /// A finding: to standard error, but for notes, and to the log.
  void note(const Diagnostic& finding);
  /// The first ones only to standard error: a ruined image must not bury the terminal.
  void note(const Diagnostics& findings);
  /// A line on standard error ("dism: ...") and in the log.
  void say(LogLevel level, std::string_view text);
  void log(LogLevel level, std::string_view text) { log_.write(level, text); }

  /// The completion line follows the body at once, without the blank line.
  void complete_without_blank_line() noexcept { blank_line_ = false; }
  bool blank_line() const noexcept { return blank_line_; }

 private:
  const Request& request_;
  Output& output_;
  Log& log_;
  const Sink& notes_;
  SessionPtr session_;
  Refusal refusal_;
  bool blank_line_ = true;
};

}  // namespace casement::dism
