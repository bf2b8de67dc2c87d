// SPDX-License-Identifier: Apache-2.0
// Two digits, then letters.
#include "vfs/container/ewf/ewf_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace casement {
namespace {

constexpr std::uint32_t letter_count = 26;
constexpr std::uint32_t first_with_letters = 100;
constexpr std::size_t extension_size = 3;

constexpr bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}

constexpr bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}

constexpr char to_upper(char c) noexcept {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::optional<EwfSegmentName> EwfSegmentName::parse(std::string_view name, std::uint32_t number) {
  const auto dot = name.find_last_of('.');
  if (dot == std::string_view::npos || name.size() - dot - 1 != extension_size) {
    return std::nullopt;
  }
  const std::string_view extension = name.substr(dot + 1);
  const bool lower = is_lower(extension.front());
  for (const char first : {'E', 'S'}) {
    const EwfSegmentName candidate(name.substr(0, dot + 1), first, lower);
    const auto expected = candidate.at(number);
    if (expected && std::ranges::equal(*expected, name, {}, to_upper, to_upper)) {
      return candidate;
    }
  }
  return std::nullopt;
}

std::optional<std::string> EwfSegmentName::at(std::uint32_t number) const {
  std::string extension;
  if (number == 0) {
    return std::nullopt;
  }
  if (number < first_with_letters) {
    extension = fmt::format("{}{:02}", first_, number);
  } else {
    const std::uint32_t count = number - first_with_letters;
    const std::uint32_t step = count / (letter_count * letter_count);
    if (step > static_cast<std::uint32_t>('Z' - first_)) {
      return std::nullopt;
    }
    const auto letter = [](std::uint32_t value) {
      return static_cast<char>('A' + static_cast<char>(value % letter_count));
    };
    extension = {static_cast<char>(first_ + static_cast<char>(step)), letter(count / letter_count),
                 letter(count)};
  }
  if (lower_) {
    std::ranges::transform(extension, extension.begin(), [](char c) {
      return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    });
  }
  return stem_ + extension;
}

}  // namespace casement
