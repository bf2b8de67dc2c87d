// SPDX-License-Identifier: Apache-2.0
// Counters in digits and letters.
#include "vfs/container/split/segment_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "vfs/core/ascii.h"

namespace casement {
namespace {

constexpr std::uint64_t letter_count = 26;
constexpr std::size_t max_digits = 9;   // of a counter; longer ones are dates and serial numbers
constexpr std::size_t max_letters = 4;  // split(1) is used with 2, sometimes 3

}  // namespace

std::optional<SegmentName> SegmentName::parse(std::string_view name) {
  const auto mark = name.find_last_of(".-");
  if (mark == std::string_view::npos || mark == 0) {
    return std::nullopt;
  }
  const std::string_view counter = name.substr(mark + 1);
  SegmentName parsed;
  parsed.stem_ = name.substr(0, mark + 1);
  parsed.width_ = counter.size();
  if (std::ranges::all_of(counter, is_ascii_digit<char>)) {
    const std::size_t least = name[mark] == '.' ? 2 : 3;
    if (counter.size() < least || counter.size() > max_digits) {
      return std::nullopt;
    }
    for (const char c : counter) {
      parsed.index_ = parsed.index_ * 10 + static_cast<std::uint64_t>(c - '0');
    }
    parsed.padded_ = counter.front() == '0';
    return parsed;
  }
  parsed.first_letter_ = counter.front() >= 'a' ? 'a' : 'A';
  const auto is_letter = [&](char c) {
    return c >= parsed.first_letter_ && c < parsed.first_letter_ + static_cast<int>(letter_count);
  };
  if (name[mark] != '.' || counter.size() < 2 || counter.size() > max_letters ||
      !std::ranges::all_of(counter, is_letter)) {
    return std::nullopt;
  }
  for (const char c : counter) {
    parsed.index_ =
        parsed.index_ * letter_count + static_cast<std::uint64_t>(c - parsed.first_letter_);
  }
  parsed.padded_ = counter.front() == parsed.first_letter_;
  return parsed;
}

std::vector<std::uint64_t> SegmentName::first_indexes() const {
  if (first_letter_ != '\0') {
    return {0};
  }
  return {0, 1};
}

std::optional<std::string> SegmentName::at(std::uint64_t index) const {
  if (first_letter_ == '\0') {
    return fmt::format("{}{:0{}}", stem_, index, width_);
  }
  std::string counter(width_, first_letter_);
  for (auto place = counter.rbegin(); place != counter.rend(); ++place) {
    *place = static_cast<char>(first_letter_ + static_cast<int>(index % letter_count));
    index /= letter_count;
  }
  if (index != 0) {
    return std::nullopt;
  }
  return stem_ + counter;
}

}  // namespace casement
