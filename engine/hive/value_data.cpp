// SPDX-License-Identifier: Apache-2.0
// Value data as text and numbers.
#include <fmt/format.h>

#include <algorithm>

#include "engine/hive/value.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::unexpected<Error> wrong_type(const Value& value, const char* expected) {
  return fail(Status::invalid_data,
              fmt::format("value \"{}\": {} of {} bytes, expected {}", value.name().to_utf8(),
                          reg_type_name(value.type()), value.size(), expected));
}

}  // namespace

std::string reg_type_name(std::uint32_t type) {
  static constexpr const char* names[] = {
      "REG_NONE",
      "REG_SZ",
      "REG_EXPAND_SZ",
      "REG_BINARY",
      "REG_DWORD",
      "REG_DWORD_BIG_ENDIAN",
      "REG_LINK",
      "REG_MULTI_SZ",
      "REG_RESOURCE_LIST",
      "REG_FULL_RESOURCE_DESCRIPTOR",
      "REG_RESOURCE_REQUIREMENTS_LIST",
      "REG_QWORD",
  };
  return type < std::size(names) ? names[type] : fmt::format("REG_0x{:x}", type);
}

Result<std::u16string> Value::as_string() const {
  if (type_ != reg_type::sz && type_ != reg_type::expand_sz && type_ != reg_type::link) {
    return wrong_type(*this, "text");
  }
  const ValueData raw = CASEMENT_TRY(data());
  std::u16string text = from_utf16le(raw.bytes());
  text.resize(cut_at_nul(text).size());
  return text;
}

Result<std::vector<std::u16string>> Value::as_strings() const {
  std::vector<std::u16string> strings;
  if (type_ != reg_type::multi_sz) {
    strings.push_back(CASEMENT_TRY(as_string()));
    return strings;
  }
  const ValueData raw = CASEMENT_TRY(data());
  const std::u16string all = from_utf16le(raw.bytes());
  std::u16string_view rest = all;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(u'\0'), rest.size());
    if (end == 0) {
      break;  // the final empty string; the terminator is often missing altogether
    }
    strings.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return strings;
}

Result<std::uint64_t> Value::as_integer() const {
  const ValueData raw = CASEMENT_TRY(data());
  const Bytes bytes = raw.bytes();
  if (type_ == reg_type::dword && bytes.size() == 4) {
    return get_le<std::uint32_t>(bytes, 0);
  }
  if (type_ == reg_type::dword_big_endian && bytes.size() == 4) {
    return __builtin_bswap32(get_le<std::uint32_t>(bytes, 0));
  }
  if (type_ == reg_type::qword && bytes.size() == 8) {
    return get_le<std::uint64_t>(bytes, 0);
  }
  return wrong_type(*this, "a number");
}

}  // namespace casement
