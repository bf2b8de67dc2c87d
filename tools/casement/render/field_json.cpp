// SPDX-License-Identifier: Apache-2.0
// Fields as JSON.
#include "tools/casement/render/field_json.h"

#include "tools/casement/render/info_json_members.h"
#include "tools/casement/render/numbers.h"
#include "vfs/core/utf16.h"

namespace casement::cli {

void FieldJson::text(const Field& field, std::u16string_view text) {
  text.empty() ? json_.null_member(field.name) : json_.text_member(field.name, text);
}

void FieldJson::texts(const Field& field, std::span<const std::u16string> texts) {
  json_.key(field.name);
  json_.begin_array(Layout::line);
  for (const std::u16string& text : texts) {
    json_.string(text);
  }
  json_.end_array();
}

void FieldJson::date(const Field& field, FileTime time) {
  if (!time.is_set()) {
    json_.null_member(field.name);
    return;
  }
  std::string text;
  append_time(text, time, true);
  json_.member(field.name, std::string_view(text).substr(0, text.find('T')));
}

void FieldJson::evidence(const Field& of, const Evidence& evidence) {
  if (with_evidence_) {
    cited_.emplace_back(of.name, evidence);
  }
}

void FieldJson::begin_items(const Field& field) {
  json_.key(field.name);
  json_.begin_array();
}

void FieldJson::begin_item() {
  json_.begin_object(Layout::line);
}

void FieldJson::end_item() {
  json_.end_object();
}

void FieldJson::end_fields() {
  if (with_evidence_) {
    write_evidence(json_, cited_);
    cited_.clear();
  }
}

void write_evidence(JsonWriter& json, std::span<const std::pair<const char*, Evidence>> cited) {
  json.key("evidence");
  json.begin_array();
  for (const auto& [fact, evidence] : cited) {
    json.begin_object(Layout::line);
    json.member("fact", fact);
    json.member("path", evidence.path);
    json.optional_text("key", evidence.key);
    json.optional_text("value", evidence.value);
    json.member("recovered", evidence.recovered);
    json.end_object();
  }
  json.end_array();
}

}  // namespace casement::cli
