// SPDX-License-Identifier: Apache-2.0
// Small questions about the text of Windows paths.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casement {

/// 'C' for "C:", "c:\Windows"; nullopt when the text does not begin with a letter and a colon.
std::optional<char16_t> letter_of(std::u16string_view path) noexcept;

/// The path without its letter and colon.
std::u16string_view without_letter(std::u16string_view path) noexcept;

/// The text after the last separator: "Windows" for "C:\Windows\".
std::u16string_view last_component(std::u16string_view path) noexcept;

/// "\a\b" for "a/b\", "\" for an empty path: the form in which paths on a volume are kept.
std::u16string as_rooted(std::u16string_view path);

/// Two paths on a volume are the same, without regard to case and to the form of separators.
bool same_rooted(std::u16string_view a, std::u16string_view b);

}  // namespace casement
