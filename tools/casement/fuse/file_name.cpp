// SPDX-License-Identifier: Apache-2.0
// Names between the image and the kernel.
#include "tools/casement/fuse/file_name.h"

#include <algorithm>

#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

constexpr char16_t escape_base = 0xF000;

bool is_impossible(char16_t unit) noexcept {
  return unit == u'/' || unit == u'\0';
}

bool is_escape(char16_t unit) noexcept {
  return unit >= escape_base && is_impossible(static_cast<char16_t>(unit - escape_base));
}

}  // namespace

std::optional<std::string> to_file_name(std::u16string_view name) {
  if (name.empty() || name == u"." || name == u"..") {
    return std::nullopt;
  }
  std::u16string possible(name);
  for (char16_t& unit : possible) {
    if (is_impossible(unit)) {
      unit = static_cast<char16_t>(escape_base + unit);
    }
  }
  std::string bytes = to_wtf8(possible);
  return bytes.size() <= max_file_name ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<std::u16string> from_file_name(std::string_view bytes) {
  auto name = from_utf8(bytes);
  // A high and a low surrogate of three bytes each would come back as one character of four.
  return name && to_wtf8(*name) == bytes ? std::move(name) : std::nullopt;
}

std::optional<std::u16string> unescaped_name(std::u16string_view name) {
  if (std::ranges::none_of(name, is_escape)) {
    return std::nullopt;
  }
  std::u16string other(name);
  for (char16_t& unit : other) {
    if (is_escape(unit)) {
      unit = static_cast<char16_t>(unit - escape_base);
    }
  }
  return other;
}

}  // namespace casement::cli
