// SPDX-License-Identifier: Apache-2.0
// Values of COMPONENTS, which lie in its root, and dates as servicing writes them.
#include "engine/inspect/servicing_hives.h"

#include <algorithm>
#include <array>

#include "vfs/core/civil_time.h"
#include "vfs/core/utf16.h"

namespace casement {

MaybeFact<Value> components_value(FactReader& facts, std::u16string_view name) {
  const HivePtr hive = facts.hive(HiveId::components);
  if (!hive) {
    return std::nullopt;
  }
  const Result<Key> root = hive->root();
  if (!root) {
    facts.findings().add("damaged", Error(root.error()).context("COMPONENTS"));
    return std::nullopt;
  }
  const Result<std::optional<Value>> value = root->value(name);
  if (!value) {
    facts.findings().add("damaged", Error(value.error()).context("COMPONENTS!" + to_utf8(name)));
    return std::nullopt;
  }
  if (!*value || (*value)->size() == 0) {
    return std::nullopt;
  }
  return Fact<Value>{.value = **value, .evidence = facts.evidence(HiveId::components, {}, name)};
}

MaybeFact<bool> components_flag(FactReader& facts, std::u16string_view name) {
  MaybeFact<Value> value = components_value(facts, name);
  if (!value) {
    return std::nullopt;
  }
  const Result<ValueData> data = value->value.data();
  if (!data) {
    facts.findings().add("damaged", Error(data.error()).context("COMPONENTS!" + to_utf8(name)));
    return std::nullopt;
  }
  const Bytes bytes = data->bytes();
  const bool set =
      std::any_of(bytes.begin(), bytes.end(), [](std::byte byte) { return byte != std::byte{0}; });
  return Fact<bool>{.value = set, .evidence = std::move(value->evidence)};
}

std::optional<FileTime> parse_servicing_time(std::u16string_view text) {
  constexpr std::u16string_view form = u"0000/00/00:00:00:00";
  if (text.size() < form.size()) {
    return std::nullopt;
  }
  std::array<unsigned, 6> numbers = {};
  std::size_t field = 0;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != u'0') {
      // The mark between day and hour differs: ':' in the registry, a blank elsewhere.
      if (text[i] != form[i] && text[i] != u' ' && text[i] != u'-') {
        return std::nullopt;
      }
      ++field;
      continue;
    }
    if (text[i] < u'0' || text[i] > u'9') {
      return std::nullopt;
    }
    numbers.at(field) = numbers.at(field) * 10 + static_cast<unsigned>(text[i] - u'0');
  }
  const auto [year, month, day, hour, minute, second] = numbers;
  const FileTime time = from_civil_time({.year = static_cast<int>(year),
                                         .month = month,
                                         .day = day,
                                         .hour = hour,
                                         .minute = minute,
                                         .second = second},
                                        0);
  return time.is_set() ? std::optional(time) : std::nullopt;
}

}  // namespace casement
