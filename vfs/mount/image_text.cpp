// SPDX-License-Identifier: Apache-2.0
// Cutting the text of an image where its file ends.
#include "vfs/mount/image_text.h"

#include <sys/stat.h>

#include <charconv>
#include <cstddef>

namespace casement {
namespace {

bool is_inner_mark(std::string_view text, std::size_t at) {
  return text[at] == '!' && at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == '\\');
}

ImageText cut_at(std::string_view text, std::size_t at) {
  return {.path = std::string(text.substr(0, at)), .rest = std::string(text.substr(at))};
}

ImageText cut_by_form(std::string_view text) {
  std::size_t end = text.size();
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (is_inner_mark(text, at)) {
      end = at;
      break;
    }
  }
  const std::string_view outer = text.substr(0, end);
  const std::size_t slash = outer.rfind('/');
  const std::size_t mark = outer.find('#', slash == std::string_view::npos ? 1 : slash + 2);
  return cut_at(text, mark == std::string_view::npos ? end : mark);
}

bool exists_on_host(const std::string& path) {
  struct stat facts = {};
  return ::stat(path.c_str(), &facts) == 0;
}

}  // namespace

ImageText split_image_text(std::string_view text,
                           const std::function<bool(const std::string&)>& exists) {
  if (exists(std::string(text))) {
    return cut_at(text, text.size());
  }
  for (std::size_t at = text.size(); at-- > 1;) {
    const bool mark = text[at] == '#' || is_inner_mark(text, at);
    if (mark && exists(std::string(text.substr(0, at)))) {
      return cut_at(text, at);
    }
  }
  return cut_by_form(text);
}

ImageText split_image_text(std::string_view text) {
  return split_image_text(text, exists_on_host);
}

std::uint32_t index_in_image_text(std::string_view text) {
  constexpr std::uint32_t of_a_disk = 1;
  const std::size_t mark = text.rfind('#');
  if (mark == std::string_view::npos) {
    return of_a_disk;
  }
  const std::string_view digits = text.substr(mark + 1);
  std::uint32_t index = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, index);
  const bool number = !digits.empty() && error == std::errc() && stopped == end && index != 0;
  return number ? index : of_a_disk;
}

}  // namespace casement
