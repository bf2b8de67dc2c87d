// SPDX-License-Identifier: Apache-2.0
// JSON as a stream.
#include "tools/casement/render/json.h"

#include <array>
#include <charconv>

#include "tools/casement/render/numbers.h"
#include "tools/casement/render/text.h"
#include "vfs/core/utf16.h"

namespace casement::cli {

void JsonWriter::new_line() {
  out_ += '\n';
  append_spaces(out_, 2 * levels_.size());
}

void JsonWriter::separate() {
  if (levels_.empty()) {
    return;
  }
  Level& level = levels_.back();
  if (!level.empty) {
    out_ += ',';
  }
  if (level.layout == Layout::lines) {
    new_line();
  } else if (!level.empty) {
    out_ += ' ';
  }
  level.empty = false;
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  separate();
}

void JsonWriter::key(std::string_view name) {
  separate();
  out_ += '"';
  out_ += name;
  out_ += "\": ";
  after_key_ = true;
}

void JsonWriter::begin(char bracket, Layout layout) {
  before_value();
  out_ += bracket;
  levels_.push_back({layout, true});
}

void JsonWriter::end(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.layout == Layout::lines && !level.empty) {
    new_line();
  }
  out_ += bracket;
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::number(std::uint64_t value) {
  before_value();
  append_decimal(out_, value);
}

void JsonWriter::signed_number(std::int64_t value) {
  before_value();
  std::array<char, 24> text;  // NOLINT: filled below
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  out_.append(text.data(), end.ptr);
}

void JsonWriter::string(std::string_view utf8) {
  before_value();
  out_ += '"';
  if (const auto text = from_utf8(utf8)) {
    append_text(out_, *text, Escaping::json);
  } else {
    for (const char c : utf8) {
      const auto byte = static_cast<unsigned char>(c);
      const char16_t unit = byte < 0x80 ? static_cast<char16_t>(byte) : u'\uFFFD';
      append_text(out_, std::u16string_view(&unit, 1), Escaping::json);
    }
  }
  out_ += '"';
}

void JsonWriter::string(std::u16string_view text) {
  before_value();
  out_ += '"';
  append_text(out_, text, Escaping::json);
  out_ += '"';
}

void JsonWriter::string(const HiveName& name) {
  before_value();
  out_ += '"';
  append_text(out_, name, Escaping::json);
  out_ += '"';
}

void JsonWriter::escaped(std::string_view text) {
  before_value();
  out_ += '"';
  out_ += text;
  out_ += '"';
}

void JsonWriter::utf16le(Bytes raw) {
  before_value();
  out_ += '"';
  append_utf16le(out_, raw, Escaping::json);
  out_ += '"';
}

void JsonWriter::hex(Bytes raw) {
  before_value();
  out_ += '"';
  append_hex(out_, raw, '\0');
  out_ += '"';
}

void JsonWriter::time(FileTime time) {
  if (!time.is_set()) {
    null();
    return;
  }
  before_value();
  out_ += '"';
  append_time(out_, time, false);
  out_ += '"';
}

void JsonWriter::text_member(std::string_view name, std::u16string_view text) {
  key(name);
  string(text);
  if (casement::is_well_formed(text)) {
    return;
  }
  std::string raw;
  for (const char16_t unit : text) {
    raw += static_cast<char>(unit & 0xFF);
    raw += static_cast<char>(unit >> 8);
  }
  key(std::string(name) + "_utf16");
  hex(std::as_bytes(std::span(raw)));
}

void JsonWriter::text_member(std::string_view name, const HiveName& text) {
  key(name);
  string(text);
  if (!is_well_formed(text)) {
    key(std::string(name) + "_utf16");
    hex(text.raw());
  }
}

}  // namespace casement::cli
