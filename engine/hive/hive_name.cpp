// SPDX-License-Identifier: Apache-2.0
// Stored names as text.
#include "engine/hive/hive_name.h"

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {

std::u16string HiveName::to_u16string() const {
  return latin1_ ? from_latin1(raw_) : from_utf16le(raw_);
}

void HiveName::append_utf8(std::string& out) const {
  if (!latin1_) {
    casement::append_utf8(out, from_utf16le(raw_));
    return;
  }
  for (const std::byte byte : raw_) {
    const auto value = std::to_integer<unsigned char>(byte);
    if (value < 0x80) {
      out += static_cast<char>(value);
    } else {
      out += static_cast<char>(0xC0 | (value >> 6));
      out += static_cast<char>(0x80 | (value & 0x3F));
    }
  }
}

std::string HiveName::to_utf8() const {
  std::string out;
  out.reserve(raw_.size());
  append_utf8(out);
  return out;
}

bool HiveName::equals_folded(std::u16string_view other) const noexcept {
  if (size() != other.size()) {
    return false;
  }
  for (std::size_t i = 0; i < other.size(); ++i) {
    const char16_t unit = (*this)[i];
    if (unit != other[i] && upcase(unit) != upcase(other[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace casement
