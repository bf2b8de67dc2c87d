// SPDX-License-Identifier: Apache-2.0
// Patterns for names, as --match takes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casement::cli {

/// '*' is any text, '?' one UTF-16 unit. Without regard to case. Takes time in proportion to the
/// product of both lengths at most.
bool glob_matches(std::u16string_view pattern, std::u16string_view name) noexcept;

/// What the caller of the program typed. A pattern without '*' and '?' may match any part of a
/// name.
class NamePattern {
 public:
  /// nullopt: every name matches.
  explicit NamePattern(const std::optional<std::string>& typed);
  bool matches(std::u16string_view name) const noexcept;

 private:
  std::optional<std::u16string> pattern_;
};

}  // namespace casement::cli
