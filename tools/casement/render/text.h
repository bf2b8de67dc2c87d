// SPDX-License-Identifier: Apache-2.0
// Text of an image made fit to print: for people, and for the writers of each format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/hive/hive_name.h"
#include "vfs/core/bytes.h"

namespace casement::cli {

/// What must not reach the output as it is.
enum class Escaping : std::uint8_t {
  /// Lone surrogates only, as \u{D800}; everything else as stored.
  exact,
  /// Also control characters and those that reverse the direction of writing, as \u{1B}: a stored
  /// name cannot move the cursor or hide a part of itself.
  printable,
  /// The inside of a JSON string. A lone surrogate becomes the text \u{D800}.
  json,
};

/// UTF-16 as UTF-8.
void append_text(std::string& out, std::u16string_view text, Escaping escaping);
void append_text(std::string& out, const HiveName& name, Escaping escaping);
/// UTF-16LE bytes; an odd last byte is left out.
void append_utf16le(std::string& out, Bytes raw, Escaping escaping);

void append_printable(std::string& out, std::u16string_view text);
void append_printable(std::string& out, const HiveName& name);
/// The same for UTF-8. Bytes that are no UTF-8 become \x{FF}.
void append_printable(std::string& out, std::string_view utf8);
std::string printable(std::u16string_view text);
std::string printable(std::string_view utf8);

/// No surrogate without its partner.
bool is_well_formed(const HiveName& name) noexcept;

/// Columns that append_printable() of it takes, as display_width() counts.
std::size_t display_width(const HiveName& name);

}  // namespace casement::cli
