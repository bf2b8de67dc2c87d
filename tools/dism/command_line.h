// SPDX-License-Identifier: Apache-2.0
// The words of the command line, before anybody knows what they mean.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casement::dism {

/// One argument: "/Image:C:\mount", "/Get-Packages", or a word without a slash.
struct Word {
  std::string text;                  // as given
  bool option = false;               // it begins with '/'
  std::string name;                  // of an option: without '/', as given
  std::optional<std::string> value;  // what follows ':' or '='; may be empty
};

/// Splits at the first ':' or '='; a pair of quotes around the value goes away. "--help" and "-h"
/// are taken as "/?".
Word parse_word(std::string_view argument);
std::vector<Word> parse_words(std::span<const std::string> arguments);

/// ASCII only, as the names of options are.
bool same_name(std::string_view a, std::string_view b) noexcept;

}  // namespace casement::dism
