// SPDX-License-Identifier: Apache-2.0
// A streaming JSON writer: no document in memory, always valid UTF-8.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/hive/hive_name.h"
#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement::cli {

/// How the members of an object or array are laid out.
enum class Layout : std::uint8_t {
  lines,  // one a line, indented
  line,   // all on the line of the opening bracket
};

/// Appends to a string of the caller, who may take text out of it between calls. The caller keeps
/// the order right: key() before each value of an object, every begin_ with its end_.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object(Layout layout = Layout::lines) { begin('{', layout); }
  void end_object() { end('}'); }
  void begin_array(Layout layout = Layout::lines) { begin('[', layout); }
  void end_array() { end(']'); }

  /// The name of the next member; plain ASCII without quotes, for it is not escaped.
  void key(std::string_view name);

  void null();
  void boolean(bool value);
  void number(std::uint64_t value);
  void signed_number(std::int64_t value);
  /// Bytes that are no UTF-8 become U+FFFD.
  void string(std::string_view utf8);
  void string(std::u16string_view text);
  void string(const HiveName& name);
  /// A string whose characters were escaped for JSON before.
  void escaped(std::string_view text);
  /// UTF-16LE bytes as a string.
  void utf16le(Bytes raw);
  /// Bytes as a string of lower-case hex digits.
  void hex(Bytes raw);
  /// ISO 8601 in UTC, or null when it is not set.
  void time(FileTime time);

  void member(std::string_view name, std::string_view utf8) { key(name), string(utf8); }
  void member(std::string_view name, const char* utf8) { key(name), string(utf8); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }
  void member(std::string_view name, std::unsigned_integral auto value) {
    key(name), number(value);
  }
  void member(std::string_view name, std::signed_integral auto value) {
    key(name), signed_number(value);
  }
  void member(std::string_view name, FileTime value) { key(name), time(value); }
  void member(std::string_view name, const Guid& value) { key(name), string(value.to_string()); }
  void null_member(std::string_view name) { key(name), null(); }
  /// null when there is no value.
  template <class T>
  void optional_member(std::string_view name, const std::optional<T>& value) {
    value ? member(name, *value) : null_member(name);
  }
  /// Empty text as null.
  void optional_text(std::string_view name, std::string_view utf8) {
    utf8.empty() ? null_member(name) : member(name, utf8);
  }

  /// Text of an image. When it is not well-formed UTF-16 a member `<name>_utf16` follows, with its
  /// UTF-16LE bytes in hex.
  void text_member(std::string_view name, std::u16string_view text);
  void text_member(std::string_view name, const HiveName& text);

  /// A line break between two whole values of a stream.
  void end_document() { out_ += '\n'; }

 private:
  struct Level {
    Layout layout;
    bool empty = true;
  };

  void begin(char bracket, Layout layout);
  void end(char bracket);
  /// Comma, line break and indentation before a member or an element.
  void separate();
  void before_value();
  void new_line();

  std::string& out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace casement::cli
