// SPDX-License-Identifier: Apache-2.0
// Reading the texts of host symlinks.
#include "vfs/fs/host_link.h"

#include <algorithm>
#include <charconv>

#include "vfs/core/ascii.h"
#include "vfs/fs/reparse.h"

namespace casement {
namespace {

bool is_separator(char c) noexcept {
  return c == '/' || c == '\\';
}

/// "C:\x" of a Windows target; nullopt for anything else.
std::optional<std::string_view> windows_target(std::string_view text) {
  // "\??\" and "\\?\", with either separator.
  const bool prefixed = text.size() > 4 && is_separator(text[0]) &&
                        (text[1] == '?' || is_separator(text[1])) && text[2] == '?' &&
                        is_separator(text[3]);
  if (prefixed) {
    return text.substr(4);
  }
  const bool drive =
      text.size() >= 3 && is_ascii_letter(text[0]) && text[1] == ':' && is_separator(text[2]);
  return drive ? std::optional(text) : std::nullopt;
}

/// Components joined by '\'.
std::u16string to_windows(std::string_view text, char separator, NameCoding coding) {
  std::u16string out;
  while (true) {
    const std::size_t end = text.find(separator);
    out += decode_host_name(text.substr(0, end), coding);
    if (end == std::string_view::npos) {
      return out;
    }
    out += u'\\';
    text.remove_prefix(end + 1);
  }
}

/// `text` as seen from `tree_path`; with its leading '/'.
std::string_view inside_tree(std::string_view text, std::string_view tree_path) {
  while (tree_path.ends_with('/')) {
    tree_path.remove_suffix(1);
  }
  const bool below = text.starts_with(tree_path) &&
                     (text.size() == tree_path.size() || text[tree_path.size()] == '/');
  if (!below) {
    return text;
  }
  text.remove_prefix(tree_path.size());
  return text.empty() ? "/" : text;
}

}  // namespace

Result<std::vector<std::byte>> make_host_link_buffer(std::string_view text,
                                                     std::string_view tree_path,
                                                     NameCoding coding) {
  if (const auto target = windows_target(text)) {
    std::string normal(*target);
    std::replace(normal.begin(), normal.end(), '\\', '/');
    return make_symlink_buffer(u"\\??\\" + to_windows(normal, '/', NameCoding::plain), false);
  }
  if (text.starts_with('/')) {
    return make_symlink_buffer(to_windows(inside_tree(text, tree_path), '/', coding), true);
  }
  // Archive tools keep the '\' of relative Windows targets; a '\' in a Unix name beside a '/' is
  // one.
  const char separator = text.find('/') == std::string_view::npos ? '\\' : '/';
  return make_symlink_buffer(to_windows(text, separator, coding), true);
}

std::optional<std::uint32_t> parse_unsupported_tag(std::string_view text) {
  constexpr std::string_view stem = "unsupported reparse tag 0x";
  if (!text.starts_with(stem)) {
    return std::nullopt;
  }
  const std::string digits(text.substr(stem.size()));
  const char* const end = digits.c_str() + digits.size();
  std::uint32_t tag = 0;
  const auto [stop, error] = std::from_chars(digits.c_str(), end, tag, 16);
  return error == std::errc() && stop == end ? std::optional(tag) : std::nullopt;
}

}  // namespace casement
