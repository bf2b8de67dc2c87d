// SPDX-License-Identifier: Apache-2.0
// Cutting the text of an INF into lines and fields.
//
// Source: Microsoft, "General Syntax Rules for INF Files".
#include "engine/servicing/inf_line.h"

#include <algorithm>
#include <utility>

namespace casement {
namespace {

constexpr bool is_blank(char16_t unit) noexcept {
  return unit <= u' ' || unit == u'\u00A0';
}

/// Up to a comment: a ';' outside of quotes. A quote that nothing closes ends with its line.
std::u16string_view without_comment(std::u16string_view line) noexcept {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == u'"') {
      quoted = !quoted;
    } else if (line[i] == u';' && !quoted) {
      return line.substr(0, i);
    }
  }
  return line;
}

/// The last character is a '\' outside of quotes.
bool is_continued(std::u16string_view line) noexcept {
  return !line.empty() && line.back() == u'\\' &&
         std::count(line.begin(), line.end(), u'"') % 2 == 0;
}

/// The first '=' or the end.
std::size_t find_equals(std::u16string_view line) noexcept {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == u'"') {
      quoted = !quoted;
    } else if (line[i] == u'=' && !quoted) {
      return i;
    }
  }
  return line.size();
}

std::u16string without_quotes(std::u16string_view text) {
  std::u16string plain;
  plain.reserve(text.size());
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != u'"') {
      plain += text[i];
    } else if (quoted && i + 1 < text.size() && text[i + 1] == u'"') {
      plain += u'"';
      ++i;
    } else {
      quoted = !quoted;
    }
  }
  return plain;
}

}  // namespace

std::u16string_view trim_inf_text(std::u16string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::u16string_view InfLineReader::physical_line() noexcept {
  const std::size_t end = std::min(text_.find_first_of(u"\r\n"), text_.size());
  const std::u16string_view line = text_.substr(0, end);
  text_.remove_prefix(end);
  if (text_.starts_with(u"\r\n")) {
    text_.remove_prefix(1);
  }
  text_.remove_prefix(std::min<std::size_t>(text_.size(), 1));
  ++lines_read_;
  return trim_inf_text(without_comment(line));
}

std::optional<std::u16string> InfLineReader::next() {
  while (!text_.empty()) {
    std::u16string_view line = physical_line();
    first_line_ = lines_read_;
    std::u16string joined;
    while (is_continued(line)) {
      joined += trim_inf_text(line.substr(0, line.size() - 1));
      line = text_.empty() ? std::u16string_view() : physical_line();
    }
    joined += line;
    if (!joined.empty()) {
      return joined;
    }
  }
  return std::nullopt;
}

InfLine split_inf_line(std::u16string_view line, std::size_t max_fields) {
  InfLine split;
  const std::size_t equals = find_equals(line);
  std::u16string_view rest = line;
  if (equals < line.size()) {
    split.key = without_quotes(trim_inf_text(line.substr(0, equals)));
    rest = trim_inf_text(line.substr(equals + 1));
  }
  if (rest.empty()) {
    return split;
  }
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= rest.size(); ++i) {
    if (i < rest.size() && rest[i] == u'"') {
      quoted = !quoted;
    } else if (i == rest.size() || (rest[i] == u',' && !quoted)) {
      if (split.fields.size() == max_fields) {
        break;
      }
      split.fields.push_back(without_quotes(trim_inf_text(rest.substr(start, i - start))));
      start = i + 1;
    }
  }
  return split;
}

}  // namespace casement
