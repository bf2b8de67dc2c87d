// SPDX-License-Identifier: Apache-2.0
// Fields as members of a JSON object.
#pragma once

#include <utility>
#include <vector>

#include "tools/casement/render/fields.h"
#include "tools/casement/render/json.h"

namespace casement::cli {

/// Between begin_object() and end_object() of the caller, who calls end_fields() before the latter.
class FieldJson : public FieldSink {
 public:
  using FieldSink::choice;
  using FieldSink::date;
  using FieldSink::number;
  using FieldSink::time;

  /// `evidence`: a member "evidence" follows the fields of each item that cites any.
  FieldJson(JsonWriter& json, bool evidence) : json_(json), with_evidence_(evidence) {}

  void none(const Field& field) override { json_.null_member(field.name); }
  void boolean(const Field& field, bool value) override { json_.member(field.name, value); }
  void number(const Field& field, std::uint64_t value) override { json_.member(field.name, value); }
  void word(const Field& field, std::string_view word) override { json_.member(field.name, word); }
  void choice(const Field& field, Choice choice) override { json_.member(field.name, choice.code); }
  void text(const Field& field, std::u16string_view text) override;
  void texts(const Field& field, std::span<const std::u16string> texts) override;
  void time(const Field& field, FileTime time) override { json_.member(field.name, time); }
  void date(const Field& field, FileTime time) override;
  void evidence(const Field& of, const Evidence& evidence) override;
  void begin_items(const Field& field) override;
  void begin_item() override;
  void end_item() override;
  void end_items() override { json_.end_array(); }

  /// Writes the evidence that was cited.
  void end_fields();

 private:
  JsonWriter& json_;
  bool with_evidence_;
  std::vector<std::pair<const char*, Evidence>> cited_;
};

/// "evidence": an array of `fact`, `path`, `key`, `value`, `recovered`.
void write_evidence(JsonWriter& json, std::span<const std::pair<const char*, Evidence>> cited);

}  // namespace casement::cli
