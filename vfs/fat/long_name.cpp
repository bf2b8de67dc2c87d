// SPDX-License-Identifier: Apache-2.0
// Long names out of their parts.
#include "vfs/fat/long_name.h"

#include <algorithm>

#include "vfs/core/code_page_437.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

/// The units before the terminating 0; nullopt when there are none or too many.
std::optional<std::u16string_view> terminated(std::u16string_view units) noexcept {
  const std::u16string_view name = units.substr(0, units.find(u'\0'));
  if (name.empty() || name.size() > max_long_name) {
    return std::nullopt;
  }
  return name;
}

/// Whether an 8.3 name that begins with `byte` can stand for a long name that begins with `unit`:
/// with the same character in upper case, or with a replacement for one that 8.3 names lack.
bool fits(std::uint8_t byte, char16_t unit) noexcept {
  if (!is_short_name_start(byte)) {
    return false;
  }
  const bool plain = unit < 0x80 && unit > u' ' && unit != u'.' &&
                     is_short_name_start(static_cast<std::uint8_t>(unit));
  return !plain || from_code_page_437(byte) == upcase(unit);
}

}  // namespace

LongPart long_part(const fat_layout::LongNameSlot& slot) noexcept {
  LongPart units{};
  auto out = units.begin();
  const auto copy = [&out](Bytes raw) {
    for (std::size_t i = 0; i < raw.size(); i += 2) {
      *out++ = static_cast<char16_t>(get_le<std::uint16_t>(raw, i));
    }
  };
  copy(slot.units_1);
  copy(slot.units_2);
  copy(slot.units_3);
  return units;
}

bool LongName::add(const fat_layout::LongNameSlot& slot) noexcept {
  const bool begins = (slot.sequence & fat_layout::last_long_part) != 0;
  const auto number = static_cast<std::uint8_t>(slot.sequence & 0x3FU);
  const bool possible = number >= 1 && number <= max_long_parts;
  const bool goes_on = started_ && number == next_ && slot.checksum == checksum_;
  const bool nothing_lost = possible && (begins ? !started_ : goes_on);
  if (!possible || (!begins && !goes_on)) {
    started_ = false;
    return false;
  }
  if (begins) {
    started_ = true;
    checksum_ = slot.checksum;
    parts_ = number;
  }
  std::ranges::copy(long_part(slot), units_.begin() + (number - 1) * long_part_units);
  next_ = static_cast<std::uint8_t>(number - 1);
  return nothing_lost;
}

std::optional<std::u16string_view> LongName::find(std::uint8_t checksum) const noexcept {
  if (!started_ || next_ != 0 || checksum_ != checksum) {
    return std::nullopt;
  }
  return terminated({units_.data(), parts_ * long_part_units});
}

void DeletedLongName::add(const fat_layout::LongNameSlot& slot) noexcept {
  if (count_ == parts_.size()) {
    std::ranges::rotate(parts_, parts_.begin() + 1);
    --count_;
  }
  parts_[count_++] = {slot.checksum, long_part(slot)};
}

std::optional<DeletedLongName::Found> DeletedLongName::find(
    const StoredShortName& stored) noexcept {
  if (count_ == 0) {
    return std::nullopt;
  }
  const std::uint8_t checksum = parts_[count_ - 1].checksum;
  std::size_t length = 0;
  for (std::size_t i = count_; i-- > 0 && parts_[i].checksum == checksum;) {
    std::ranges::copy(parts_[i].units, units_.begin() + static_cast<std::ptrdiff_t>(length));
    length += long_part_units;
    if (std::ranges::find(parts_[i].units, u'\0') != parts_[i].units.end()) {
      break;  // the end of the name: what lies before it is another's
    }
  }
  const auto name = terminated({units_.data(), length});
  const std::uint8_t first = first_byte_for(stored, checksum);
  if (!name || !fits(first, name->front())) {
    return std::nullopt;
  }
  return Found{*name, first};
}

}  // namespace casement
