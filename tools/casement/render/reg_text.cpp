// SPDX-License-Identifier: Apache-2.0
// The text format of `casement reg`.
#include "tools/casement/render/reg_text.h"

#include <algorithm>

#include "tools/casement/render/numbers.h"
#include "tools/casement/render/value_bytes.h"

namespace casement::cli {
namespace {

constexpr std::string_view default_name = "(Default)";
/// Wider names push their own line out instead of all lines of the key.
constexpr std::size_t widest_name_column = 40;
constexpr std::string_view no_time = "                    ";

void append_quoted(std::string& out, Bytes text) {
  out += '"';
  append_utf16le(out, text, Escaping::printable);
  out += '"';
}

void append_text_data(std::string& out, Bytes raw) {
  const Bytes text = text_before_nul(raw);
  append_quoted(out, text);
  const std::size_t used = std::min(text.size() + 2, raw.size());
  const Bytes tail = raw.subspan(used);
  // Values that were shortened in place keep old bytes behind the NUL: worth a remark, not a dump.
  if (std::ranges::any_of(tail, [](std::byte byte) { return byte != std::byte{0}; })) {
    out += " (";
    append_decimal(out, tail.size());
    out += " bytes behind the end)";
  }
}

void append_strings(std::string& out, Bytes raw) {
  MultiStringReader strings(raw);
  bool first = true;
  while (const auto text = strings.next()) {
    out += first ? "" : ", ";
    first = false;
    append_quoted(out, *text);
  }
  out += first ? "(empty list)" : "";
}

void append_binary(std::string& out, Bytes raw, bool full) {
  if (raw.empty()) {
    out += "(empty)";
    return;
  }
  const bool cut = !full && raw.size() > short_binary;
  append_hex(out, cut ? raw.first(short_binary) : raw, ' ');
  if (cut) {
    out += " ... ";
    append_decimal(out, raw.size());
    out += " bytes";
  }
}

void append_integer(std::string& out, std::uint32_t type, std::uint64_t number) {
  if (type == reg_type::qword) {
    append_hex32(out, static_cast<std::uint32_t>(number >> 32));
    const std::size_t end = out.size();
    append_hex32(out, static_cast<std::uint32_t>(number));
    out.erase(end, 2);  // the second "0x"
  } else {
    append_hex32(out, static_cast<std::uint32_t>(number));
  }
  out += " (";
  append_decimal(out, number);
  out += ')';
}

class TextWriter final : public RegWriter {
 public:
  TextWriter(std::string& out, bool full) : out_(out), full_(full) {}

  void begin(bool) override {}
  void finish() override {}

  void open_key(const KeyRecord& record) override {
    if (any_ && (after_values_ || !record.values.empty())) {
      out_ += '\n';
    }
    if (record.top_path.empty()) {
      path_.open(record.key.name());
    } else {
      path_.open_top(record.top_path);
    }
    append_head(record.key.last_written());
    if (!record.class_name.empty()) {
      out_ += "  class \"";
      append_printable(out_, record.class_name);
      out_ += '"';
    }
    out_ += '\n';
    any_ = true;
    after_values_ = !record.values.empty();
    append_values(record.values);
  }

  void list_key(const Key& key) override {
    if (after_values_) {
      out_ += '\n';
      after_values_ = false;
    }
    path_.open(key.name());
    append_head(key.last_written());
    out_ += '\n';
    path_.close();
  }

  void close_key() override { path_.close(); }

 private:
  void append_head(FileTime time) {
    // Keys that were made together have the same time: it is spelled out once.
    if (time != last_time_ || last_time_text_.empty()) {
      last_time_ = time;
      last_time_text_.clear();
      append_time(last_time_text_, time, true);
      if (last_time_text_.empty()) {
        last_time_text_ = no_time;
      }
    }
    out_ += last_time_text_;
    out_ += "  ";
    out_ += path_.text();
  }

  void append_values(std::span<const ReadValue> values) {
    std::size_t name_width = 0;
    std::size_t type_width = 0;
    name_widths_.clear();
    for (const ReadValue& item : values) {
      const HiveName name = item.name;
      const std::size_t width = name.empty() ? default_name.size() : display_width(name);
      name_widths_.push_back(width);
      name_width = std::max(name_width, std::min(width, widest_name_column));
      type_width = std::max(type_width, type_name(item.type, room_).size());
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      const ReadValue& item = values[i];
      out_ += "  ";
      if (item.name.empty()) {
        out_ += default_name;
      } else {
        append_printable(out_, item.name);
      }
      append_spaces(out_, 2 + name_width - std::min(name_width, name_widths_[i]));
      const std::string_view type = type_name(item.type, room_);
      out_ += type;
      append_spaces(out_, 2 + type_width - type.size());
      append_data_text(out_, item, full_);
      out_ += '\n';
    }
  }

  std::string& out_;
  bool full_;
  KeyPath path_{Escaping::printable};
  bool any_ = false;
  bool after_values_ = false;
  std::vector<std::size_t> name_widths_;
  FileTime last_time_;
  std::string last_time_text_;
  std::string room_;
};

}  // namespace

void append_data_text(std::string& out, const ReadValue& value, bool full) {
  if (!value.readable) {
    out += "(damaged)";
    return;
  }
  const Bytes raw = value.data.bytes();
  const std::uint32_t type = value.type;
  if (value.tombstone) {
    out += "(deleted in this layer) ";
  }
  if (is_text_type(type)) {
    append_text_data(out, raw);
  } else if (type == reg_type::multi_sz) {
    append_strings(out, raw);
  } else if (const auto number = integer_of(type, raw)) {
    append_integer(out, type, *number);
  } else {
    append_binary(out, raw, full);
  }
  if (!value.data.complete()) {
    out += " (damaged: ";
    append_decimal(out, raw.size());
    out += " of ";
    append_decimal(out, value.size);
    out += " bytes)";
  }
}

void append_data_plain(std::string& out, const ReadValue& value, Escaping escaping) {
  const Bytes raw = value.data.bytes();
  const std::uint32_t type = value.type;
  if (is_text_type(type)) {
    append_utf16le(out, text_before_nul(raw), escaping);
  } else if (type == reg_type::multi_sz) {
    MultiStringReader strings(raw);
    for (bool first = true; const auto text = strings.next(); first = false) {
      out += first ? "" : "\n";
      append_utf16le(out, *text, escaping);
    }
  } else if (const auto number = integer_of(type, raw)) {
    append_decimal(out, *number);
  } else {
    append_hex(out, raw, '\0');
  }
  out += '\n';
}

std::unique_ptr<RegWriter> make_text_writer(std::string& out, bool full) {
  return std::make_unique<TextWriter>(out, full);
}

}  // namespace casement::cli
