// SPDX-License-Identifier: Apache-2.0
// "Label : value" lines.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace casement::dism {

/// Text of an image on one line: UTF-8, control characters replaced by spaces, so that no name in
/// an image can look like a line of ours or command a terminal.
std::string printable(std::u16string_view text);
std::string printable(std::string_view utf8);
/// "a, b": each printable.
std::string printable_list(std::span<const std::u16string> texts);

/// "Label : value\n". The space behind the colon stays when the value is empty: programs compare
/// with "Install Time : ".
void add_field(std::string& out, std::string_view label, std::string_view utf8);
void add_field(std::string& out, std::string_view label, std::u16string_view value);

/// "Yes" or "No".
const char* yes_no(bool value) noexcept;

}  // namespace casement::dism
