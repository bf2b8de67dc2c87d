// SPDX-License-Identifier: Apache-2.0
// Two digits, then letters.
#include "vfs/container/ewf/ewf_names.h"

#include <fmt/format.h>

#include "vfs/core/ascii.h"

namespace casement {
namespace {

constexpr std::uint32_t letter_count = 26;
constexpr std::uint32_t first_with_letters = 100;
constexpr std::size_t extension_size = 3;

}  // namespace

std::optional<EwfSegmentName> EwfSegmentName::parse(std::string_view name, std::uint32_t number) {
  const auto dot = name.find_last_of('.');
  if (dot == std::string_view::npos || name.size() - dot - 1 != extension_size) {
    return std::nullopt;
  }
  const std::string_view extension = name.substr(dot + 1);
  const bool lower = extension.front() >= 'a' && extension.front() <= 'z';
  for (const char first : {'E', 'S'}) {
    const EwfSegmentName candidate(name.substr(0, dot + 1), first, lower);
    const auto expected = candidate.at(number);
    if (expected && equals_folded_ascii(*expected, name)) {
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
    extension = to_lower_ascii(extension);
  }
  return stem_ + extension;
}

}  // namespace casement
