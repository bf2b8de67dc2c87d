// SPDX-License-Identifier: Apache-2.0
// Similar names.
#include "tools/casement/commands/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/casement/messages.h"
#include "tools/casement/render/text.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"

namespace casement::cli {
namespace {

constexpr std::size_t most_suggestions = 5;
constexpr std::size_t names_shown = 5;
/// Names have at most 255 units; comparing longer arguments letter by letter helps nobody.
constexpr std::size_t longest_compared = 255;

std::u16string letters_of(std::u16string_view text) {
  std::u16string letters;
  for (const char16_t unit : text) {
    if (unit >= 0x80 || is_ascii_digit(unit) || is_ascii_letter(unit)) {
      letters += upcase(unit);
    }
  }
  return letters;
}

/// Lower is more alike; nullopt: not alike.
std::optional<std::size_t> unlikeness(std::u16string_view typed, std::u16string_view name) {
  const std::u16string a = letters_of(typed);
  const std::u16string b = letters_of(name);
  if (a.empty() || b.empty()) {
    return std::nullopt;
  }
  if (a == b) {
    return 0;
  }
  const std::size_t allowed = std::max<std::size_t>(1, std::min(a.size(), b.size()) / 3);
  const std::size_t distance = edit_distance(a, b, allowed);
  if (distance <= allowed) {
    return distance;
  }
  if (b.starts_with(a) || (a.starts_with(b) && b.size() >= 4)) {
    return 100;
  }
  if (a.size() >= 3 && b.find(a) != std::u16string::npos) {
    return 200;
  }
  return std::nullopt;
}

}  // namespace

std::size_t edit_distance(std::u16string_view a, std::u16string_view b, std::size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) {
    return limit + 1;
  }
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    std::size_t best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (upcase(a[i - 1]) == upcase(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
      best = std::min(best, row[j]);
    }
    if (best > limit) {
      return limit + 1;
    }
  }
  return std::min(row.back(), limit + 1);
}

std::vector<std::u16string> similar_names(std::u16string_view typed,
                                          const std::vector<std::u16string>& names) {
  std::vector<std::pair<std::size_t, std::size_t>> alike;  // unlikeness, position in `names`
  for (std::size_t i = 0; i < names.size() && typed.size() <= longest_compared; ++i) {
    if (const auto score = unlikeness(typed, names[i])) {
      alike.emplace_back(*score, i);
    }
  }
  // Names that are equally alike stay in the registry's order.
  std::ranges::sort(alike);
  std::vector<std::u16string> best;
  for (const auto& [score, index] : alike) {
    if (best.size() == most_suggestions) {
      break;
    }
    best.push_back(names[index]);
  }
  return best;
}

void say_alternatives(std::u16string_view typed, const std::vector<std::u16string>& names,
                      const char* plural) {
  const std::vector<std::u16string> alike = similar_names(typed, names);
  if (!alike.empty()) {
    say_hint("did you mean " + quoted_list(alike, names_shown) + "?");
  } else if (names.empty()) {
    say_hint(fmt::format("it has no {}", plural));
  } else if (names.size() <= names_shown) {
    say_hint(fmt::format("its {}: {}", plural, quoted_list(names, names_shown)));
  } else {
    say_hint(fmt::format("it has {} {}: {}, ...", names.size(), plural,
                         quoted_list(names, names_shown)));
  }
}

std::string quoted_list(const std::vector<std::u16string>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) {
    text += fmt::format("{}'{}'", i == 0 ? "" : ", ",
                        names[i].empty() ? "(Default)" : printable(names[i]));
  }
  return text;
}

}  // namespace casement::cli
