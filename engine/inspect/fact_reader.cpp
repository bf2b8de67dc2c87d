// SPDX-License-Identifier: Apache-2.0
// Point lookups that turn damage into findings.
#include "engine/inspect/fact_reader.h"

#include <fmt/format.h>

#include <utility>

#include "engine/image/control_set.h"
#include "engine/image/registry_read.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/checked.h"
#include "vfs/core/utf16.h"

namespace casement {

FactReader::FactReader(const Image& image, Diagnostics& findings)
    : image_(image), findings_(findings) {}

HivePtr FactReader::hive(HiveId id) {
  Result<HivePtr> hive = image_.hive(id);
  if (hive) {
    return *std::move(hive);
  }
  const std::uint32_t bit = std::uint32_t{1} << static_cast<unsigned>(id);
  if ((reported_hives_ & bit) == 0) {
    reported_hives_ |= bit;
    findings_.add("hive-unreadable", hive.error());
  }
  return nullptr;
}

void FactReader::report(HiveId id, const Error& error) {
  findings_.add(error.status() == Status::invalid_data ? "wrong-type" : "damaged",
                Error(error).context(hive_file_name(id)));
}

std::optional<Value> FactReader::value(HiveId id, std::u16string_view key,
                                       std::u16string_view name) {
  const HivePtr source = hive(id);
  if (!source || key.empty()) {
    return std::nullopt;
  }
  const auto found = read_value(*source, key, name);
  if (!found) {
    report(id, found.error());
    return std::nullopt;
  }
  return *found;
}

MaybeFact<std::u16string> FactReader::text(HiveId id, std::u16string_view key,
                                           std::u16string_view name) {
  const auto found = value(id, key, name);
  if (!found) {
    return std::nullopt;
  }
  auto read = found->as_string();
  if (!read) {
    report(id, Error(read.error()).context(to_utf8(key) + "!" + to_utf8(name)));
    return std::nullopt;
  }
  return Fact<std::u16string>{.value = *std::move(read), .evidence = evidence(id, key, name)};
}

MaybeFact<std::u16string> FactReader::filled_text(HiveId id, std::u16string_view key,
                                                  std::u16string_view name) {
  auto fact = text(id, key, name);
  if (fact && fact->value.empty()) {
    fact.reset();
  }
  return fact;
}

MaybeFact<std::uint64_t> FactReader::integer(HiveId id, std::u16string_view key,
                                             std::u16string_view name) {
  const auto found = value(id, key, name);
  if (!found) {
    return std::nullopt;
  }
  const auto read = found->as_integer();
  if (!read) {
    report(id, Error(read.error()).context(to_utf8(key) + "!" + to_utf8(name)));
    return std::nullopt;
  }
  return Fact<std::uint64_t>{.value = *read, .evidence = evidence(id, key, name)};
}

MaybeFact<std::uint32_t> FactReader::dword(HiveId id, std::u16string_view key,
                                           std::u16string_view name) {
  auto wide = integer(id, key, name);
  if (!wide) {
    return std::nullopt;
  }
  const auto narrow = checked_cast<std::uint32_t>(wide->value);
  if (!narrow) {
    findings_.add(Severity::error, "wrong-type",
                  fmt::format("{} {}!{} is {}, which does not fit 32 bits", hive_file_name(id),
                              to_utf8(key), to_utf8(name), wide->value));
    return std::nullopt;
  }
  return Fact<std::uint32_t>{.value = *narrow, .evidence = std::move(wide->evidence)};
}

MaybeFact<bool> FactReader::flag(HiveId id, std::u16string_view key, std::u16string_view name) {
  auto number = dword(id, key, name);
  if (!number) {
    return std::nullopt;
  }
  return Fact<bool>{.value = number->value != 0, .evidence = std::move(number->evidence)};
}

MaybeFact<FileTime> FactReader::file_time(HiveId id, std::u16string_view key,
                                          std::u16string_view name) {
  const auto found = value(id, key, name);
  if (!found) {
    return std::nullopt;
  }
  const auto data = found->data();
  if (!data) {
    report(id, data.error());
    return std::nullopt;
  }
  if (data->bytes().size() != sizeof(std::uint64_t)) {
    findings_.add(Severity::error, "wrong-type",
                  fmt::format("{} {}!{} has {} bytes, expected the 8 of a time", hive_file_name(id),
                              to_utf8(key), to_utf8(name), data->bytes().size()));
    return std::nullopt;
  }
  const FileTime time{get_le<std::uint64_t>(data->bytes(), 0)};
  if (!time.is_set()) {
    return std::nullopt;
  }
  return Fact<FileTime>{.value = time, .evidence = evidence(id, key, name)};
}

std::u16string FactReader::control_set(std::u16string_view below) const {
  if (image_.control_set() == 0) {
    return {};
  }
  return join_key(image_.control_set_key(), below);
}

Evidence FactReader::evidence(HiveId id, std::u16string_view key, std::u16string_view name) {
  Evidence evidence;
  const std::string file = hive_file_name(id);
  evidence.path =
      to_utf8(as_rooted(image_.installation().windows_directory + u"\\System32\\config\\" +
                        std::u16string(file.begin(), file.end())));
  evidence.key = to_utf8(key);
  evidence.value = to_utf8(name);
  const HivePtr source = hive(id);
  evidence.recovered = source && source->state().condition == HiveCondition::recovered;
  return evidence;
}

}  // namespace casement
