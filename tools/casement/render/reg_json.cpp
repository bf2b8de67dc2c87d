// SPDX-License-Identifier: Apache-2.0
// The JSON formats of `casement reg`.
#include "tools/casement/render/reg_json.h"

#include "tools/casement/render/value_bytes.h"

namespace casement::cli {
namespace {

// Above this a number loses digits in programs that keep numbers as IEEE doubles.
constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;

/// Writes `data`; gives whether the bytes can be made from it again.
bool write_data(JsonWriter& json, std::uint32_t type, Bytes raw) {
  if (is_text_type(type)) {
    const Bytes text = text_before_nul(raw);
    json.key("data");
    json.utf16le(text);
    return is_plain_text(raw) && is_well_formed_utf16le(text);
  }
  if (type == reg_type::multi_sz) {
    MultiStringReader strings(raw);
    bool well_formed = true;
    json.key("data");
    json.begin_array(Layout::line);
    while (const auto text = strings.next()) {
      json.utf16le(*text);
      well_formed = well_formed && is_well_formed_utf16le(*text);
    }
    json.end_array();
    return well_formed && strings.was_plain();
  }
  if (const auto number = integer_of(type, raw)) {
    json.member("data", *number);
    return *number <= largest_exact;
  }
  return false;
}

class JsonRegWriter final : public RegWriter {
 public:
  JsonRegWriter(std::string& out, bool lines) : json_(out), lines_(lines) {}

  void begin(bool several) override {
    several_ = several && !lines_;
    if (several_) {
      json_.begin_array();
    }
  }

  void open_key(const KeyRecord& record) override {
    if (lines_) {
      open_path(record.key.name(), record.top_path);
      json_.begin_object(Layout::line);
      write_path(record.key.name());
    } else {
      if (open_ != 0) {
        begin_subkeys();
      }
      json_.begin_object();
      if (record.top_path.empty()) {
        json_.text_member("name", record.key.name());
      } else {
        json_.text_member("path", record.top_path);
      }
      subkeys_begun_.push_back(false);
      ++open_;
    }
    json_.member("last_written", record.key.last_written());
    if (!record.class_name.empty()) {
      json_.text_member("class", record.class_name);
    }
    json_.key("values");
    json_.begin_array(lines_ || record.values.empty() ? Layout::line : Layout::lines);
    for (const ReadValue& value : record.values) {
      write_value(json_, value);
    }
    json_.end_array();
    if (lines_) {
      json_.end_object();
      json_.end_document();
    }
  }

  void list_key(const Key& key) override {
    if (lines_) {
      path_.open(key.name());
      json_.begin_object(Layout::line);
      write_path(key.name());
    } else {
      begin_subkeys();
      json_.begin_object(Layout::line);
      json_.text_member("name", key.name());
    }
    json_.member("last_written", key.last_written());
    json_.end_object();
    if (lines_) {
      json_.end_document();
      path_.close();
    }
  }

  void close_key() override {
    if (lines_) {
      path_.close();
      return;
    }
    if (subkeys_begun_.back()) {
      json_.end_array();
    } else {
      json_.key("subkeys");
      json_.begin_array(Layout::line);
      json_.end_array();
    }
    subkeys_begun_.pop_back();
    --open_;
    json_.end_object();
    if (open_ == 0 && !several_) {
      json_.end_document();
    }
  }

  void finish() override {
    if (several_) {
      json_.end_array();
      json_.end_document();
    }
  }

 private:
  void begin_subkeys() {
    if (!subkeys_begun_.back()) {
      subkeys_begun_.back() = true;
      json_.key("subkeys");
      json_.begin_array();
    }
  }

  void open_path(const HiveName& name, std::u16string_view top) {
    if (top.empty()) {
      path_.open(name);
    } else {
      path_.open_top(top);
    }
  }

  void write_path(const HiveName& name) {
    json_.key("path");
    json_.escaped(path_.text());
    if (!is_well_formed(name)) {
      json_.key("name_utf16");
      json_.hex(name.raw());
    }
  }

  JsonWriter json_;
  bool lines_;
  bool several_ = false;
  std::size_t open_ = 0;
  std::vector<bool> subkeys_begun_;
  KeyPath path_{Escaping::json};
};

}  // namespace

void write_value(JsonWriter& json, const ReadValue& value) {
  json.begin_object(Layout::line);
  json.text_member("name", value.name);
  std::string room;
  json.key("type");
  json.escaped(type_name(value.type, room));
  if (!value.readable) {
    json.member("damaged", true);
    json.member("size", value.size);
  } else {
    const Bytes raw = value.data.bytes();
    if (!write_data(json, value.type, raw) || !value.data.complete()) {
      json.key("raw");
      json.hex(raw);
    }
    if (!value.data.complete()) {
      json.member("damaged", true);
      json.member("size", value.size);
    }
  }
  if (value.tombstone) {
    json.member("tombstone", true);
  }
  json.end_object();
}

std::unique_ptr<RegWriter> make_json_writer(std::string& out, bool lines) {
  return std::make_unique<JsonRegWriter>(out, lines);
}

}  // namespace casement::cli
