// SPDX-License-Identifier: Apache-2.0
// Paths of members: hostile until they are taken apart.
#include "vfs/archive/entry_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "vfs/core/ascii.h"
#include "vfs/core/bytes.h"
#include "vfs/core/code_page_437.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Longest name of one file: what a Windows path can hold.
constexpr std::size_t max_name_units = 32'767;

constexpr bool is_separator(char16_t unit) noexcept {
  return unit == u'/' || unit == u'\\';
}

bool is_drive(std::u16string_view name) noexcept {
  return name.size() == 2 && name[1] == u':' && is_ascii_letter(name[0]);
}

/// "\\?\": Windows programs write it in front of long paths.
bool has_long_path_prefix(std::u16string_view path) noexcept {
  return path.size() >= 4 && is_separator(path[0]) && is_separator(path[1]) && path[2] == u'?' &&
         is_separator(path[3]);
}

}  // namespace

std::u16string decode_entry_text(std::string_view bytes, FallbackCharset fallback) {
  if (auto text = from_utf8(bytes)) {
    return *std::move(text);
  }
  const Bytes raw = std::as_bytes(std::span(bytes));
  if (fallback == FallbackCharset::latin_1) {
    return from_latin1(raw);
  }
  std::u16string text;
  for (const std::byte byte : raw) {
    text += from_code_page_437(std::to_integer<std::uint8_t>(byte));
  }
  return text;
}

std::string shown_in_message(std::u16string_view text) {
  constexpr std::size_t enough = 200;
  return text.size() <= enough ? to_utf8(text) : to_utf8(text.substr(0, enough)) + "...";
}

Result<EntryPath> parse_entry_path(std::u16string_view path, const Limits& limits) {
  if (path.empty()) {
    return fail(Status::invalid_data, "a member without a name");
  }
  if (path.find(u'\0') != std::u16string_view::npos) {
    return fail(Status::invalid_data,
                fmt::format("\"{}\": a name with a NUL", to_utf8(cut_at_nul(path))));
  }
  EntryPath parsed;
  parsed.absolute = is_separator(path.front());
  parsed.directory = is_separator(path.back());
  parsed.backslash = path.find(u'\\') != std::u16string_view::npos;
  if (has_long_path_prefix(path)) {
    path.remove_prefix(4);
  }
  while (!path.empty()) {
    const auto end = std::find_if(path.begin(), path.end(), is_separator);
    const std::u16string_view name(path.begin(), end);
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    if (name.empty() || name == u".") {
      continue;
    }
    if (name == u"..") {
      return fail(Status::invalid_data, "a path with \"..\" in it");
    }
    if (name.size() > max_name_units) {
      return fail(Status::name_too_long, fmt::format("a name of {} units", name.size()));
    }
    if (parsed.names.size() == limits.max_path_depth) {
      return fail(Status::limit_exceeded,
                  fmt::format("a path of more than {} directories", limits.max_path_depth));
    }
    parsed.names.emplace_back(name);
  }
  parsed.drive = !parsed.names.empty() && is_drive(parsed.names.front());
  return parsed;
}

}  // namespace casement
