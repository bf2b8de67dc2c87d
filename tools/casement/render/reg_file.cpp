// SPDX-License-Identifier: Apache-2.0
// Registry editor files, version 5.00: what regedit writes, to the byte.
#include <algorithm>
#include <array>

#include "tools/casement/registry_path.h"
#include "tools/casement/render/reg_writer.h"
#include "tools/casement/render/value_bytes.h"

namespace casement::cli {
namespace {

/// regedit breaks a line of hex when it has this many characters or more, before the '\'.
constexpr std::size_t longest_hex_line = 77;

bool breaks_line(char16_t unit) noexcept {
  return unit == u'\r' || unit == u'\n' || unit == 0;
}

bool can_be_named(const HiveName& name) noexcept {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (breaks_line(name[i])) {
      return false;
    }
  }
  return true;
}

/// Text that a quoted string gives back to the byte; everything else is written as hex(1).
bool can_be_quoted(Bytes raw) noexcept {
  if (!is_plain_text(raw)) {
    return false;
  }
  for (std::size_t i = 0; i + 2 < raw.size(); i += 2) {
    if (breaks_line(static_cast<char16_t>(get_le<std::uint16_t>(raw, i)))) {
      return false;
    }
  }
  return true;
}

class RegFileWriter final : public RegWriter {
 public:
  RegFileWriter(std::string& out, std::u16string hive_root)
      : out_(out), hive_root_(std::move(hive_root)) {}

  void begin(bool) override {
    put_unit(0xFEFF);
    put("Windows Registry Editor Version 5.00\r\n\r\n");
  }

  void open_key(const KeyRecord& record) override {
    sizes_.push_back(path_.size());
    if (record.top_path.empty()) {
      path_ += u'\\';
      path_ += record.key.name().to_u16string();
    } else if (hive_root_.empty()) {
      path_ = with_long_root(record.top_path);
    } else {
      // "\Select" below the prefix; the root itself, "\", is the prefix.
      path_ = hive_root_;
      path_ += record.top_path.size() > 1 ? record.top_path : std::u16string_view();
    }
    if (std::ranges::any_of(path_, breaks_line)) {
      add_loss(printable(path_) + ": a .reg file cannot hold a key name with a line break");
      return;
    }
    put("[");
    put(path_);
    put("]\r\n");
    for (const ReadValue& value : record.values) {
      write(value);
    }
    put("\r\n");
  }

  void list_key(const Key&) override {}

  void close_key() override {
    path_.resize(sizes_.back());
    sizes_.pop_back();
  }

  void finish() override {}

 private:
  static constexpr std::string_view hex_digits = "0123456789abcdef";

  void put_unit(char16_t unit) {
    out_ += static_cast<char>(unit & 0xFF);
    out_ += static_cast<char>(unit >> 8);
  }
  void put(std::string_view ascii) {
    for (const char c : ascii) {
      put_unit(static_cast<unsigned char>(c));
    }
  }
  void put(std::u16string_view text) {
    for (const char16_t unit : text) {
      put_unit(unit);
    }
  }
  /// Gives the number of units written.
  template <class Unit>
  std::size_t put_escaped(std::size_t count, Unit unit) {
    std::size_t written = count;
    for (std::size_t i = 0; i < count; ++i) {
      const char16_t u = unit(i);
      if (u == u'\\' || u == u'"') {
        put_unit(u'\\');
        ++written;
      }
      put_unit(u);
    }
    return written;
  }

  void write(const ReadValue& item) {
    const HiveName name = item.name;
    if (!item.readable) {
      return;  // reported where it was read
    }
    if (!can_be_named(name)) {
      std::string place = printable(path_) + ": value \"";
      append_printable(place, name);
      add_loss(place + "\": a .reg file cannot hold a name with a line break");
      return;
    }
    std::size_t line_size = 2;
    if (name.empty()) {
      put("@=");
    } else {
      put("\"");
      line_size = 3 + put_escaped(name.size(), [&](std::size_t i) { return name[i]; });
      put("\"=");
    }
    write_data(item.type, item.data.bytes(), line_size);
    put("\r\n");
  }

  void write_data(std::uint32_t type, Bytes raw, std::size_t line_size) {
    if (type == reg_type::sz && can_be_quoted(raw)) {
      put("\"");
      put_escaped(raw.size() / 2 - 1, [&](std::size_t i) {
        return static_cast<char16_t>(get_le<std::uint16_t>(raw, 2 * i));
      });
      put("\"");
      return;
    }
    if (type == reg_type::dword && raw.size() == 4) {
      put("dword:");
      put_hex(get_le<std::uint32_t>(raw, 0), 8);
      return;
    }
    const std::size_t before = out_.size();
    if (type == reg_type::binary) {
      put("hex:");
    } else {
      put("hex(");
      put_hex(type, digit_count(type));
      put("):");
    }
    put_bytes(raw, line_size + (out_.size() - before) / 2);
  }

  void put_bytes(Bytes raw, std::size_t line_size) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
      // One append a byte instead of three: exports consist of little else.
      const auto byte = std::to_integer<std::size_t>(raw[i]);
      const std::array<char, 6> text{hex_digits[byte >> 4], 0, hex_digits[byte & 15], 0, ',', 0};
      if (i + 1 == raw.size()) {
        out_.append(text.data(), 4);
        return;
      }
      out_.append(text.data(), text.size());
      line_size += 3;
      if (line_size >= longest_hex_line) {
        put("\\\r\n  ");
        line_size = 2;
      }
    }
  }

  static unsigned digit_count(std::uint32_t number) noexcept {
    unsigned digits = 1;
    while (digits < 8 && (number >> (4 * digits)) != 0) {
      ++digits;
    }
    return digits;
  }

  void put_hex(std::uint32_t number, unsigned digits) {
    while (digits-- > 0) {
      put_unit(static_cast<unsigned char>(hex_digits[(number >> (4 * digits)) & 15]));
    }
  }

  std::string& out_;
  std::u16string hive_root_;
  std::u16string path_;
  std::vector<std::size_t> sizes_;
};

}  // namespace

std::unique_ptr<RegWriter> make_reg_file_writer(std::string& out, std::u16string hive_root) {
  return std::make_unique<RegFileWriter>(out, std::move(hive_root));
}

}  // namespace casement::cli
