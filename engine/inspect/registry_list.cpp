// SPDX-License-Identifier: Apache-2.0
// Lists of subkeys and values that go on behind damage.
#include "engine/inspect/registry_list.h"

#include <fmt/format.h>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

// Many values may share one cell of data: without a bound a small hive would fill the memory.
constexpr std::uint32_t max_text_bytes = 32 * 1024;

std::string place(const Hive& hive, std::u16string_view path) {
  return hive.describe() + ": " + to_utf8(path);
}

void report_limit(const Hive& hive, std::u16string_view path, std::size_t limit,
                  Diagnostics& findings) {
  findings.add(
      Severity::warning, "limit",
      fmt::format("{} has more than {} entries: the rest is not read", place(hive, path), limit));
}

/// Readers go on behind an error, but each error must cost something of the budget too.
template <class Reader, class Take>
void read_each(const Hive& hive, std::u16string_view path, std::size_t limit, Reader reader,
               Diagnostics& findings, Take take) {
  for (std::size_t read = 0;; ++read) {
    auto item = reader.next();
    if (item && !*item) {
      return;
    }
    if (read >= limit) {
      report_limit(hive, path, limit, findings);
      return;
    }
    if (!item) {
      findings.add("damaged", Error(item.error()).context(place(hive, path)));
      continue;
    }
    take(**item);
  }
}

}  // namespace

std::optional<Key> find_list_key(const Hive& hive, std::u16string_view path,
                                 Diagnostics& findings) {
  if (path.empty()) {
    return std::nullopt;
  }
  auto key = hive.find(path);
  if (!key) {
    findings.add("damaged", Error(key.error()).context(place(hive, path)));
    return std::nullopt;
  }
  return *key;
}

std::vector<std::u16string> subkey_names(const Hive& hive, std::u16string_view path,
                                         std::size_t limit, Diagnostics& findings) {
  std::vector<std::u16string> names;
  if (const auto key = find_list_key(hive, path, findings)) {
    read_each(hive, path, limit, key->subkeys(), findings,
              [&names](const Key& subkey) { names.push_back(subkey.name().to_u16string()); });
  }
  return names;
}

std::vector<std::u16string> subkey_names(FactReader& reader, HiveId id, std::u16string_view path,
                                         std::size_t limit) {
  const HivePtr hive = reader.hive(id);
  return hive ? subkey_names(*hive, path, limit, reader.findings()) : std::vector<std::u16string>();
}

std::vector<NamedText> text_values(const Hive& hive, std::u16string_view path, std::size_t limit,
                                   Diagnostics& findings) {
  std::vector<NamedText> values;
  const auto key = find_list_key(hive, path, findings);
  if (!key) {
    return values;
  }
  read_each(hive, path, limit, key->values(), findings, [&](const Value& value) {
    if (value.size() > max_text_bytes) {
      findings.add(Severity::warning, "limit",
                   fmt::format("{}!{} has {} bytes, more than {}", place(hive, path),
                               value.name().to_utf8(), value.size(), max_text_bytes));
      return;
    }
    auto text = value.as_string();
    if (!text) {
      const bool type = text.error().status() == Status::invalid_data;
      findings.add(type ? "wrong-type" : "damaged",
                   Error(text.error()).context(place(hive, path) + "!" + value.name().to_utf8()));
      return;
    }
    values.push_back({.name = value.name().to_u16string(), .text = *std::move(text)});
  });
  return values;
}

}  // namespace casement
