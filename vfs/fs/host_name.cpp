// SPDX-License-Identifier: Apache-2.0
// The lossless mapping between host bytes and UTF-16 names.
#include "vfs/fs/host_name.h"

#include <cstddef>
#include <vector>

#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr char16_t escape_base = 0xDC00;

constexpr bool is_low(char16_t unit) noexcept {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}
constexpr bool is_high(char16_t unit) noexcept {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_escape(char16_t unit) noexcept {
  return unit >= 0xDC00 && unit <= 0xDCFF;
}

/// A piece of a name: one character, one lone surrogate, or one byte that is neither.
struct Piece {
  std::string_view bytes;
  std::u16string units;  // empty: to be escaped
};

Piece take_piece(std::string_view bytes) {
  const bool separator = bytes.front() == '\\';
  for (std::size_t length = 1; !separator && length <= 4 && length <= bytes.size(); ++length) {
    if (auto units = from_utf8(bytes.substr(0, length))) {
      return {bytes.substr(0, length), *std::move(units)};
    }
  }
  return {bytes.substr(0, 1), {}};
}

/// Surrogates that must not appear as themselves, found from the end: whether one may stay depends
/// on what follows it.
void escape_ambiguous(std::vector<Piece>& pieces) {
  bool low_follows = false;
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    if (piece->units.size() == 1) {
      const char16_t unit = piece->units[0];
      if (is_escape(unit) || (is_high(unit) && low_follows)) {
        piece->units.clear();
      }
    }
    low_follows = piece->units.empty() || is_low(piece->units[0]);
  }
}

}  // namespace

std::u16string decode_host_name(std::string_view bytes) {
  if (bytes.find('\\') == std::string_view::npos) {
    auto plain = from_utf8(bytes);
    if (plain && is_well_formed(*plain) && to_wtf8(*plain) == bytes) {
      return *std::move(plain);
    }
  }
  std::vector<Piece> pieces;
  while (!bytes.empty()) {
    pieces.push_back(take_piece(bytes));
    bytes.remove_prefix(pieces.back().bytes.size());
  }
  escape_ambiguous(pieces);
  std::u16string name;
  for (const Piece& piece : pieces) {
    name += piece.units;
    if (piece.units.empty()) {
      for (const char byte : piece.bytes) {
        name += static_cast<char16_t>(escape_base + static_cast<unsigned char>(byte));
      }
    }
  }
  return name;
}

std::optional<std::string> encode_host_name(std::u16string_view name) {
  std::string bytes;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (is_high(name[i]) && i + 1 < name.size() && is_low(name[i + 1])) {
      bytes += to_wtf8(name.substr(i, 2));
      ++i;
    } else if (is_escape(name[i])) {
      bytes += static_cast<char>(name[i] - escape_base);
    } else {
      bytes += to_wtf8(name.substr(i, 1));
    }
  }
  const bool possible = bytes.find('/') == std::string::npos &&
                        bytes.find('\0') == std::string::npos && decode_host_name(bytes) == name;
  return possible ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<std::string> decode_percent(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '%' && bytes.size() - i > 2) {
      const auto high = hex_digit(bytes[i + 1]);
      const auto low = hex_digit(bytes[i + 2]);
      if (high && low) {
        out += static_cast<char>(*high * 16 + *low);
        i += 2;
        continue;
      }
    }
    out += bytes[i];
  }
  const bool possible = !out.empty() && out != "." && out != ".." &&
                        out.find('/') == std::string::npos && out.find('\0') == std::string::npos;
  return possible ? std::optional(std::move(out)) : std::nullopt;
}

std::u16string decode_host_name(std::string_view bytes, NameCoding coding) {
  if (coding == NameCoding::percent) {
    if (const auto decoded = decode_percent(bytes)) {
      return decode_host_name(*decoded);
    }
  }
  return decode_host_name(bytes);
}

}  // namespace casement
