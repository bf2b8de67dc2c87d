// SPDX-License-Identifier: Apache-2.0
// Registry data taken apart without copies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement::cli {

/// "REG_SZ"; types without a name are written by reg_type_name into `room`.
std::string_view type_name(std::uint32_t type, std::string& room);

/// REG_SZ, REG_EXPAND_SZ, REG_LINK.
bool is_text_type(std::uint32_t type) noexcept;

/// Text of UTF-16LE bytes up to the first NUL or the end; an odd last byte is left out.
Bytes text_before_nul(Bytes raw) noexcept;

/// Whether the bytes are a text with one NUL at its end and nothing else.
bool is_plain_text(Bytes raw) noexcept;

/// No surrogate without its partner in UTF-16LE bytes.
bool is_well_formed_utf16le(Bytes raw) noexcept;

/// REG_DWORD, REG_DWORD_BIG_ENDIAN or REG_QWORD of the right size.
std::optional<std::uint64_t> integer_of(std::uint32_t type, Bytes raw) noexcept;

/// The strings of REG_MULTI_SZ. Empty ones inside are kept; those that end the list are not.
class MultiStringReader {
 public:
  explicit MultiStringReader(Bytes raw) noexcept;
  /// UTF-16LE bytes without the NUL; nullopt at the end.
  std::optional<Bytes> next() noexcept;
  /// After the end: the bytes were just the strings, each with its NUL, and the closing NUL.
  bool was_plain() const noexcept { return plain_; }

 private:
  Bytes rest_;
  bool plain_ = true;
};

}  // namespace casement::cli
