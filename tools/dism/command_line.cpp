// SPDX-License-Identifier: Apache-2.0
// Splitting arguments into names and values.
#include "tools/dism/command_line.h"

#include "vfs/core/ascii.h"

namespace casement::dism {
namespace {

/// A shell of Windows leaves quotes that stand inside of an argument; ours takes them away.
std::string without_quotes(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return std::string(value);
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) noexcept {
  return equals_folded_ascii(a, b);
}

Word parse_word(std::string_view argument) {
  Word word{.text = std::string(argument), .option = false, .name = {}, .value = {}};
  if (argument == "--help" || argument == "-h" || argument == "-?") {
    word.option = true;
    word.name = "?";
    return word;
  }
  if (argument.size() < 2 || argument.front() != '/') {
    return word;
  }
  word.option = true;
  const std::size_t separator = argument.find_first_of(":=");
  word.name = argument.substr(1, separator - (separator == std::string_view::npos ? 0 : 1));
  if (separator != std::string_view::npos) {
    word.value = without_quotes(argument.substr(separator + 1));
  }
  return word;
}

std::vector<Word> parse_words(std::span<const std::string> arguments) {
  std::vector<Word> words;
  words.reserve(arguments.size());
  for (const std::string& argument : arguments) {
    words.push_back(parse_word(argument));
  }
  return words;
}

}  // namespace casement::dism
