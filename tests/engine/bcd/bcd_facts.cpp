// SPDX-License-Identifier: Apache-2.0
// Reads the facts file: one line a store, one line an object, values as Python literals.
#include "tests/engine/bcd/bcd_facts.h"

#include <boost/test/unit_test.hpp>
#include <sstream>
#include <string_view>

#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// Reads one line from left to right.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line), rest_(line) {}

  bool at_end() const { return rest_.empty(); }
  bool next_is(std::string_view text) const { return rest_.starts_with(text); }
  void expect(std::string_view text) {
    BOOST_REQUIRE_MESSAGE(next_is(text), "'" << text << "' expected at '" << rest_ << "'");
    rest_.remove_prefix(text.size());
  }
  std::string until(std::string_view end) {
    const std::size_t length = rest_.find(end);
    BOOST_REQUIRE_MESSAGE(length != std::string_view::npos, "'" << end << "' not in " << line_);
    std::string word(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return word;
  }
  std::uint32_t number(std::string_view end, int base) {
    return static_cast<std::uint32_t>(std::stoul(until(end), nullptr, base));
  }
  std::string rest() const { return std::string(rest_); }

  /// 'text' or "text" with Python's escapes; what follows the first NUL is dropped.
  std::string literal() {
    const char quote = take();
    BOOST_REQUIRE(quote == '\'' || quote == '"');
    std::string text;
    for (char c = take(); c != quote; c = take()) {
      if (c == '\\') {
        append_escape(text);
      } else {
        text += c;
      }
    }
    return text.substr(0, text.find('\0'));
  }

 private:
  char take() {
    BOOST_REQUIRE_MESSAGE(!rest_.empty(), "the line ends inside a literal: " << line_);
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  void append_escape(std::string& text) {
    const char c = take();
    std::size_t digits = 0;
    switch (c) {
      case '\\':
      case '\'':
      case '"':
        text += c;
        return;
      case 'x':
        digits = 2;
        break;
      case 'u':
        digits = 4;
        break;
      default:
        BOOST_FAIL("unknown escape \\" << c << " in " << line_);
    }
    const std::string hex(rest_.substr(0, digits));
    rest_.remove_prefix(digits);
    const auto unit = static_cast<char16_t>(std::stoul(hex, nullptr, 16));
    append_utf8(text, std::u16string_view(&unit, 1));
  }

  std::string_view line_;
  std::string_view rest_;
};

StoreFact parse_store(LineReader line) {
  StoreFact store;
  line.expect("## ");
  store.path = line.until(" ");
  line.expect(" seq=");
  store.primary_sequence = line.number("/", 10);
  line.expect("/");
  store.secondary_sequence = line.number(" ", 10);
  return store;
}

ElementFact parse_element(LineReader& line) {
  ElementFact element;
  element.type = line.number("=", 16);
  line.expect("=");
  if (!line.next_is("[")) {
    element.values.push_back(line.literal());
    return element;
  }
  line.expect("[");
  while (!line.next_is("]")) {
    std::string item = line.literal();
    if (!item.empty()) {  // the final empty string
      element.values.push_back(std::move(item));
    }
    if (line.next_is(", ")) {
      line.expect(", ");
    }
  }
  line.expect("]");
  return element;
}

ObjectFact parse_object(LineReader line) {
  ObjectFact object;
  line.expect("    ");
  object.key = line.until(" ");
  line.expect(" 0x");
  object.type = line.number(" ", 16);
  line.expect(" ");
  while (!line.at_end()) {
    object.elements.push_back(parse_element(line));
    if (line.next_is("; ")) {
      line.expect("; ");
    }
  }
  return object;
}

}  // namespace

std::vector<StoreFact> parse_bcd_facts(const std::string& text) {
  std::vector<StoreFact> stores;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) {
      stores.push_back(parse_store(LineReader(line)));
    } else if (!line.empty()) {
      BOOST_REQUIRE_MESSAGE(!stores.empty(), "an object without a store: " << line);
      stores.back().objects.push_back(parse_object(LineReader(line)));
    }
  }
  return stores;
}

std::string device_word(const std::string& text, const std::string& key) {
  const std::size_t at = text.find(key + "=");
  if (at == std::string::npos) {
    return {};
  }
  const std::size_t begin = at + key.size() + 1;
  return text.substr(begin, text.find_first_of(" (", begin) - begin);
}

}  // namespace casement::test
