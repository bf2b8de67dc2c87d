// SPDX-License-Identifier: Apache-2.0
// Registry data taken apart.
#include "tools/casement/render/value_bytes.h"

#include <array>
#include <string>

#include "engine/hive/value.h"

namespace casement::cli {
namespace {

std::uint16_t unit_at(Bytes raw, std::size_t offset) noexcept {
  return get_le<std::uint16_t>(raw, offset);
}

/// Bytes before the first NUL at or behind `from`; raw.size() when there is none. Both even.
std::size_t find_nul(Bytes raw, std::size_t from) noexcept {
  while (from < raw.size() && unit_at(raw, from) != 0) {
    from += 2;
  }
  return from;
}

}  // namespace

std::string_view type_name(std::uint32_t type, std::string& room) {
  static const std::array<std::string, 12> names = [] {
    std::array<std::string, 12> all;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      all[i] = reg_type_name(i);
    }
    return all;
  }();
  if (type < names.size()) {
    return names[type];
  }
  room = reg_type_name(type);
  return room;
}

bool is_text_type(std::uint32_t type) noexcept {
  return type == reg_type::sz || type == reg_type::expand_sz || type == reg_type::link;
}

Bytes text_before_nul(Bytes raw) noexcept {
  const Bytes even = raw.first(raw.size() / 2 * 2);
  return even.first(find_nul(even, 0));
}

bool is_plain_text(Bytes raw) noexcept {
  return raw.size() % 2 == 0 && text_before_nul(raw).size() + 2 == raw.size();
}

bool is_well_formed_utf16le(Bytes raw) noexcept {
  for (std::size_t i = 0; i + 1 < raw.size(); i += 2) {
    const std::uint16_t unit = unit_at(raw, i);
    if ((unit & 0xF800) != 0xD800) {
      continue;
    }
    const bool has_partner =
        unit < 0xDC00 && i + 3 < raw.size() && (unit_at(raw, i + 2) & 0xFC00) == 0xDC00;
    if (!has_partner) {
      return false;
    }
    i += 2;
  }
  return true;
}

std::optional<std::uint64_t> integer_of(std::uint32_t type, Bytes raw) noexcept {
  if (type == reg_type::qword && raw.size() == 8) {
    return get_le<std::uint64_t>(raw, 0);
  }
  if (type == reg_type::dword && raw.size() == 4) {
    return get_le<std::uint32_t>(raw, 0);
  }
  if (type == reg_type::dword_big_endian && raw.size() == 4) {
    return __builtin_bswap32(get_le<std::uint32_t>(raw, 0));
  }
  return std::nullopt;
}

MultiStringReader::MultiStringReader(Bytes raw) noexcept : rest_(raw.first(raw.size() / 2 * 2)) {
  // One NUL closes the list; Windows and its tools often write more of them or none.
  std::size_t closing = 0;
  while (rest_.size() >= 2 && unit_at(rest_, rest_.size() - 2) == 0) {
    rest_ = rest_.first(rest_.size() - 2);
    ++closing;
  }
  const std::size_t expected = rest_.empty() ? 1 : 2;  // the last string's NUL and the list's
  plain_ = raw.size() % 2 == 0 && closing == expected;
}

std::optional<Bytes> MultiStringReader::next() noexcept {
  if (rest_.empty()) {
    return std::nullopt;
  }
  const std::size_t end = find_nul(rest_, 0);
  const Bytes text = rest_.first(end);
  rest_ = rest_.subspan(end == rest_.size() ? end : end + 2);
  return text;
}

}  // namespace casement::cli
