// SPDX-License-Identifier: Apache-2.0
// Values as text.
#include "tools/casement/render/field_text.h"

#include <algorithm>

#include "tools/casement/render/numbers.h"
#include "tools/casement/render/text.h"

namespace casement::cli {
namespace {

/// "2024-01-02" of "2024-01-02T03:04:05Z".
constexpr std::size_t day_size = 10;

}  // namespace

std::string evidence_text(const Evidence& evidence) {
  std::string text = printable(std::string_view(evidence.path));
  if (!evidence.key.empty()) {
    text += ", " + printable(std::string_view(evidence.key));
  }
  if (!evidence.value.empty()) {
    text += ", value " + printable(std::string_view(evidence.value));
  }
  return text + (evidence.recovered ? " (recovered from a log)" : "");
}

void FieldText::append(std::string& out, std::u16string_view text) const {
  append_text(out, text, reader_ == Reader::person ? Escaping::printable : Escaping::exact);
}

void FieldText::boolean(const Field& field, bool value) {
  if (reader_ == Reader::person) {
    give(field, value ? "yes" : "no");
  } else {
    give(field, value ? "true" : "false");
  }
}

void FieldText::number(const Field& field, std::uint64_t value) {
  std::string text;
  append_decimal(text, value);
  give(field, std::move(text));
}

void FieldText::word(const Field& field, std::string_view word) {
  give(field, std::string(word));
}

void FieldText::choice(const Field& field, Choice choice) {
  give(field, reader_ == Reader::person ? choice.words : choice.code);
}

void FieldText::text(const Field& field, std::u16string_view text) {
  std::string visible;
  append(visible, text);
  give(field, std::move(visible));
}

void FieldText::texts(const Field& field, std::span<const std::u16string> texts) {
  std::string all;
  for (const std::u16string& text : texts) {
    if (!all.empty()) {
      all += reader_ == Reader::person ? ", " : "; ";
    }
    append(all, text);
  }
  give(field, std::move(all));
}

void FieldText::time(const Field& field, FileTime time) {
  std::string text;
  if (time.is_set()) {
    append_time(text, time, reader_ == Reader::person);
  }
  give(field, std::move(text));
}

void FieldText::date(const Field& field, FileTime time) {
  std::string text;
  if (time.is_set()) {
    append_time(text, time, true);
    text.resize(std::min(text.size(), day_size));
  }
  give(field, std::move(text));
}

}  // namespace casement::cli
