// SPDX-License-Identifier: Apache-2.0
// The checks of a call's arguments, in the one order that all functions have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/library.h"
#include "engine/dismapi/running_operations.h"
#include "engine/session/session.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

/// Checks one call. The constructor asks whether the library is initialized; then come, in this
/// order (asserted), out parameters, strings, the session, values. The first failure is kept and
/// ends the checking - but every out pointer and count is zeroed, whatever failed before.
/// While it exists, the library does not shut down, the session's close waits, and so do calls of
/// other threads on the session.
class Arguments {
 public:
  explicit Arguments(Library& library);

  /// A required pointer to a pointer or count.
  template <class T>
  Arguments& out(T** pointer, const char* name) {
    if (pointer != nullptr) {
      *pointer = nullptr;
    }
    return out_given(pointer != nullptr, name);
  }
  Arguments& out_count(UINT* count);
  /// An optional one.
  template <class T>
  Arguments& optional_out(T** pointer) {
    if (pointer != nullptr) {
      *pointer = nullptr;
    }
    return *this;
  }
  /// A required pointer to another kind of value, which a failure leaves as it was.
  template <class T>
  Arguments& out_value(const T* value, const char* name) {
    return out_given(value != nullptr, name);
  }

  Arguments& text(PCWSTR text, const char* name);
  Arguments& optional_text(PCWSTR text, const char* name);
  /// An array of `count` strings, which may be NULL when there are none.
  Arguments& texts(const PCWSTR* texts, UINT count, const char* name);

  Arguments& session(DismSession session);

  /// A value between 0 and `last`.
  Arguments& range(std::int64_t value, std::int64_t last, const char* name);
  /// A package that must be named.
  Arguments& package(DismPackageIdentifier kind);
  /// A package that may be named: `kind` counts only when it is.
  Arguments& optional_package(PCWSTR identifier, DismPackageIdentifier kind);

  /// The first failure, or that all is well.
  Result<void> finish();

  /// The session that session() named. Precondition: finish() was well, after session().
  const Session& opened() const noexcept { return *opened_; }

 private:
  enum class Stage : std::uint8_t { outs, strings, session, values };

  Arguments& out_given(bool given, const char* name);
  /// Whether the next check of this stage is to be made.
  bool begin(Stage stage) noexcept;
  Arguments& take(Result<void> outcome);

  Library& library_;
  Stage stage_ = Stage::outs;
  std::optional<Error> failure_;
  std::optional<Library::Call> call_;
  std::optional<RunningOperations::Mark> mark_;
  SessionPtr opened_;
};

}  // namespace casement::dismapi
