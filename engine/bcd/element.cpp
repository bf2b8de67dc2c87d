// SPDX-License-Identifier: Apache-2.0
// Decodes element values by the format nibble of their type.
#include "engine/bcd/element.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t integer_size = 8;

DecodedElement only_bytes(Bytes raw, Error damage) {
  return {to_vector(raw), std::move(damage)};
}

std::uint64_t little_endian(Bytes raw) {
  std::uint64_t value = 0;
  for (std::size_t i = raw.size(); i-- > 0;) {
    value = (value << 8) | std::to_integer<std::uint64_t>(raw[i]);
  }
  return value;
}

DecodedElement decode_device(Bytes raw, const Limits& limits) {
  Result<BcdDevice> device = parse_device(raw, limits);
  if (!device) {
    return only_bytes(raw, std::move(device).error());
  }
  return {std::move(device).take(), std::nullopt};
}

Error no_guid(std::u16string_view text) {
  constexpr std::size_t shown = 64;  // of what may be a long hostile string
  return Error(Status::invalid_data,
               fmt::format("\"{}\" is no GUID", to_utf8(text.substr(0, shown))));
}

DecodedElement decode_object(Bytes raw) {
  const std::u16string text(cut_at_nul(from_utf16le(raw)));
  const std::optional<Guid> id = Guid::parse(text);
  return id ? DecodedElement{*id, std::nullopt} : only_bytes(raw, no_guid(text));
}

/// A REG_MULTI_SZ, which may lack its terminators. What is no GUID is left out.
DecodedElement decode_object_list(Bytes raw) {
  const std::u16string all = from_utf16le(raw);
  std::vector<Guid> ids;
  std::optional<Error> damage;
  std::u16string_view rest = all;
  while (!rest.empty() && rest.front() != u'\0') {
    const std::u16string_view item = rest.substr(0, rest.find(u'\0'));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    if (const std::optional<Guid> id = Guid::parse(item)) {
      ids.push_back(*id);
    } else if (!damage) {
      damage = no_guid(item);
    }
  }
  return {std::move(ids), std::move(damage)};
}

DecodedElement decode_integer(Bytes raw) {
  if (raw.empty() || raw.size() > integer_size) {
    return only_bytes(raw, Error(Status::invalid_data,
                                 fmt::format("integer of {} bytes, not 1 to 8", raw.size())));
  }
  return {little_endian(raw), std::nullopt};
}

/// Windows writes one byte; a DWORD, which other tools write, says the same.
DecodedElement decode_boolean(Bytes raw) {
  if (raw.empty() || raw.size() > integer_size) {
    return only_bytes(raw, Error(Status::invalid_data,
                                 fmt::format("boolean of {} bytes, not 1 to 8", raw.size())));
  }
  return {little_endian(raw) != 0, std::nullopt};
}

DecodedElement decode_integer_list(Bytes raw) {
  std::vector<std::uint64_t> values;
  Bytes rest = raw;
  for (; rest.size() >= integer_size; rest = rest.subspan(integer_size)) {
    values.push_back(little_endian(rest.first(integer_size)));
  }
  std::optional<Error> damage;
  if (!rest.empty()) {
    damage = Error(
        Status::invalid_data,
        fmt::format("list of integers with {} bytes at its end that are no integer", rest.size()));
  }
  return {std::move(values), std::move(damage)};
}

}  // namespace

DecodedElement decode_element(std::uint32_t type, Bytes raw, const Limits& limits) {
  switch (element_format(type)) {
    case BcdFormat::device:
      return decode_device(raw, limits);
    case BcdFormat::string:
      return {std::u16string(cut_at_nul(from_utf16le(raw))), std::nullopt};
    case BcdFormat::object:
      return decode_object(raw);
    case BcdFormat::object_list:
      return decode_object_list(raw);
    case BcdFormat::integer:
      return decode_integer(raw);
    case BcdFormat::boolean:
      return decode_boolean(raw);
    case BcdFormat::integer_list:
      return decode_integer_list(raw);
    default:
      return {to_vector(raw), std::nullopt};
  }
}

}  // namespace casement
