// SPDX-License-Identifier: Apache-2.0
// Numbers of knowledge base articles in names and texts.
#include "engine/inspect/knowledge_base.h"

#include <algorithm>
#include <array>

#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::size_t min_digits = 5;
constexpr std::size_t max_digits = 8;

bool is_word(char16_t unit) noexcept {
  return is_ascii_digit(unit) || is_ascii_letter(unit);
}

/// The digits that `text` begins with, when they are as many as such numbers have.
std::optional<std::u16string> leading_number(std::u16string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_ascii_digit<char16_t>);
  const auto count = static_cast<std::size_t>(end - text.begin());
  if (count < min_digits || count > max_digits) {
    return std::nullopt;
  }
  return u"KB" + std::u16string(text.substr(0, count));
}

/// "http://support.microsoft.com/?kbid=976902", "https://support.microsoft.com/help/5030219".
std::optional<std::u16string> article_in(std::u16string_view support) {
  constexpr std::array<std::u16string_view, 3> before = {u"kbid=", u"/help/", u"/kb/"};
  const std::u16string folded = upcase(support);
  for (const std::u16string_view words : before) {
    const std::size_t at = folded.find(upcase(words));
    if (at == std::u16string::npos) {
      continue;
    }
    if (auto number = leading_number(support.substr(at + words.size()))) {
      return number;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::u16string> knowledge_base_in(std::u16string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const bool starts = upcase(text[i]) == u'K' && upcase(text[i + 1]) == u'B';
    if (!starts || (i > 0 && is_word(text[i - 1]))) {
      continue;
    }
    if (auto number = leading_number(text.substr(i + 2))) {
      return number;
    }
  }
  return std::nullopt;
}

std::vector<std::u16string> knowledge_base_of(std::u16string_view package_name,
                                              const PackageManifest* manifest) {
  std::vector<std::u16string> numbers;
  const auto add = [&numbers](std::optional<std::u16string> number) {
    if (number && std::find(numbers.begin(), numbers.end(), *number) == numbers.end()) {
      numbers.push_back(*std::move(number));
    }
  };
  add(knowledge_base_in(package_name));
  if (manifest == nullptr) {
    return numbers;
  }
  add(knowledge_base_in(manifest->identifier));
  if (numbers.empty() && starts_with_folded(package_name, u"Package_for_")) {
    add(article_in(manifest->support_information));
  }
  return numbers;
}

}  // namespace casement
