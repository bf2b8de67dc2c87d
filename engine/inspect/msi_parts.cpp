// SPDX-License-Identifier: Apache-2.0
// Values of Windows Installer keys.
#include "engine/inspect/msi_parts.h"

#include <fmt/format.h>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint32_t max_text_bytes = 64 * 1024;  // of one value

std::u16string to_digits(std::uint64_t number) {
  const std::string narrow = std::to_string(number);
  return {narrow.begin(), narrow.end()};
}

bool is_integer(const Value& value) {
  return value.type() == reg_type::dword || value.type() == reg_type::qword ||
         value.type() == reg_type::dword_big_endian;
}

}  // namespace

bool MsiTextBudget::take(std::uint64_t bytes, Diagnostics& findings) {
  if (bytes <= left_) {
    left_ -= bytes;
    return true;
  }
  if (!reported_) {
    reported_ = true;
    findings.add(Severity::error, "limit",
                 "the products of Windows Installer have more than 64 MiB of text: the rest is "
                 "left out");
  }
  return false;
}

void MsiKey::report(std::u16string_view name, const Error& error) const {
  findings_.add(error.status() == Status::invalid_data ? "wrong-type" : "damaged",
                Error(error).context(to_utf8(path_) + "!" + to_utf8(name)));
}

std::optional<Value> MsiKey::find(std::u16string_view name) const {
  const auto value = key_.value(name);
  if (!value) {
    report(name, value.error());
    return std::nullopt;
  }
  return *value;
}

std::u16string MsiKey::text(std::u16string_view name) const {
  const auto value = find(name);
  if (!value) {
    return {};
  }
  if (value->size() > max_text_bytes) {
    findings_.add(Severity::warning, "limit",
                  fmt::format("{}!{} has {} bytes, more than {}", to_utf8(path_), to_utf8(name),
                              value->size(), max_text_bytes));
    return {};
  }
  if (!budget_.take(value->size(), findings_)) {
    return {};
  }
  auto text = value->as_string();
  if (!text) {
    report(name, text.error());
    return {};
  }
  return *std::move(text);
}

std::optional<std::uint64_t> MsiKey::integer(std::u16string_view name) const {
  const auto value = find(name);
  if (!value) {
    return std::nullopt;
  }
  const auto number = value->as_integer();
  if (!number) {
    report(name, number.error());
    return std::nullopt;
  }
  return *number;
}

std::u16string MsiKey::number_text(std::u16string_view name) const {
  const auto value = find(name);
  if (value && is_integer(*value)) {
    const auto number = integer(name);
    return number ? to_digits(*number) : std::u16string();
  }
  return text(name);
}

}  // namespace casement
