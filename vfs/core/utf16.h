// SPDX-License-Identifier: Apache-2.0
// UTF-16 names inside, UTF-8 at the edges.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement {

/// Valid UTF-8 for people and programs. A surrogate without its partner (NTFS, WIM and the registry
/// allow it) is written as the text \u{D800}, so that nothing is lost and the result stays valid.
std::string to_utf8(std::u16string_view text);
void append_utf8(std::string& out, std::u16string_view text);

/// One code point, up to U+10FFFF, as UTF-8; a surrogate as three bytes (WTF-8).
void append_code_point(std::string& out, char32_t code_point);

/// Generalised UTF-8 (WTF-8): lone surrogates as three bytes. Round-trips with from_utf8().
std::string to_wtf8(std::u16string_view text);

/// nullopt when `text` is not UTF-8. Surrogates encoded as three bytes (WTF-8) are accepted, so
/// that every stored name can be typed.
std::optional<std::u16string> from_utf8(std::string_view text);

/// No surrogate without its partner.
bool is_well_formed(std::u16string_view text) noexcept;

/// UTF-16LE bytes as code units; an odd last byte is dropped.
std::u16string from_utf16le(Bytes raw);

/// The text before its first NUL.
std::u16string_view cut_at_nul(std::u16string_view text) noexcept;

/// Latin-1 bytes (byte = code point) as code units.
std::u16string from_latin1(Bytes raw);

}  // namespace casement
