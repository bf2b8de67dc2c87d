// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error, and the macro that propagates the error.
#pragma once

#include <expected>  // named here only
#include <string>
#include <type_traits>
#include <utility>

#include "vfs/core/error.h"

namespace casement {

/// A value or an Error. A class and not an alias, because libstdc++ 12's std::expected is not
/// [[nodiscard]].
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using value_type = T;
  using std::expected<T, Error>::expected;

  /// Moves the value out. Precondition: has_value().
  T take() && {
    if constexpr (!std::is_void_v<T>) {
      return std::move(**this);
    }
  }

  /// The same outcome; an error gains an outer frame. `what` is any callable giving a string, so
  /// that the text is built on failure only.
  template <class What>
  Result with_context(What&& what, CodeSite site = CodeSite::current()) && {
    if (!this->has_value()) [[unlikely]] {
      return std::unexpected(std::move(this->error()).context(std::forward<What>(what)(), site));
    }
    return std::move(*this);
  }
};

/// An error to return: `return fail(Status::corrupt, fmt::format(...))`.
inline std::unexpected<Error> fail(Status status, std::string what,
                                   CodeSite site = CodeSite::current()) {
  return std::unexpected<Error>(Error(status, std::move(what), site));
}

}  // namespace casement

/// Yields the value of `expr`, or returns its error. One per statement (-Wshadow enforces it).
#define CASEMENT_TRY(expr)                                   \
  __extension__({                                            \
    auto casement_r = (expr);                                \
    if (!casement_r) [[unlikely]] {                          \
      return std::unexpected(std::move(casement_r).error()); \
    }                                                        \
    std::move(casement_r).take();                            \
  })
