// SPDX-License-Identifier: Apache-2.0
// The edge between C and C++: no exception leaves, every failure becomes an HRESULT and a message.
#pragma once

#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

#include "engine/dismapi/arguments.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/function_table.h"
#include "engine/dismapi/last_error.h"
#include "engine/dismapi/library.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

/// Whether a failure becomes the thread's last message.
enum class Remember : std::uint8_t { yes, no };

/// Remembers (or not) and logs a failure; gives its HRESULT.
HRESULT report_failure(Function function, const Error& error, Remember remember);

/// Logs what an answer leaves out or doubts.
void log_findings(Function function, const Diagnostics& findings);

/// Runs the body of an entry point. The only place that catches everything.
template <class Body>
HRESULT guard(Function function, Remember remember, Body&& body) noexcept {
  try {
    const Result<void> outcome = std::forward<Body>(body)();
    return outcome ? S_OK : report_failure(function, outcome.error(), remember);
  } catch (const std::bad_alloc&) {
    if (remember == Remember::yes) {
      remember_fixed(FixedMessage::out_of_memory);
    }
    return E_OUTOFMEMORY;
  } catch (...) {
    if (remember == Remember::yes) {
      remember_fixed(FixedMessage::unexpected);
    }
    return E_UNEXPECTED;
  }
}

/// The body of a function that the table calls implemented.
template <Function function, Remember remember = Remember::yes, class Body>
HRESULT implemented(Body&& body) noexcept {
  static_assert(row_of(function).state == FunctionState::implemented,
                "DISMAPI_FUNCTION_TABLE says that this function is not implemented");
  return guard(function, remember, std::forward<Body>(body));
}

/// The whole of a question to a session: `check` names the arguments in the order of arguments.h,
/// `answer` gets the session when they are right.
template <Function function, class Check, class Body>
HRESULT question(Check&& check, Body&& answer) noexcept {
  return implemented<function>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    std::forward<Check>(check)(arguments);
    CASEMENT_TRY(arguments.finish());
    return std::forward<Body>(answer)(arguments.opened());
  });
}

/// The whole of a function that the table calls not_built or read_only: `check` names its arguments
/// in the order of arguments.h; if they are right, the answer is that it is not available.
template <Function function, class Check>
HRESULT unavailable(Check&& check) noexcept {
  static_assert(row_of(function).state != FunctionState::implemented,
                "DISMAPI_FUNCTION_TABLE says that this function is implemented");
  return guard(function, Remember::yes, [&]() -> Result<void> {
    Arguments arguments(Library::instance());
    std::forward<Check>(check)(arguments);
    CASEMENT_TRY(arguments.finish());
    return fail(Status::unsupported, unavailable_message(function));
  });
}

}  // namespace casement::dismapi
