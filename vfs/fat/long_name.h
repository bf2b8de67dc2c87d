// SPDX-License-Identifier: Apache-2.0
// Long names: parts in the slots before an 8.3 entry.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vfs/fat/fat_layout.h"
#include "vfs/fat/short_name.h"

namespace casement {

/// Windows allows no more, although 20 parts could hold 260.
inline constexpr std::size_t max_long_name = 255;
inline constexpr std::size_t long_part_units = 13;
inline constexpr std::size_t max_long_parts = 20;

using LongPart = std::array<char16_t, long_part_units>;

/// The 13 units of a slot.
LongPart long_part(const fat_layout::LongNameSlot& slot) noexcept;

/// Puts parts together while their numbers go down to 1. Allocates nothing.
class LongName {
 public:
  bool empty() const noexcept { return !started_; }
  void clear() noexcept { started_ = false; }

  /// False: the part does not go on with what is there, which is then lost. A part that begins a
  /// name begins a new one in any case.
  bool add(const fat_layout::LongNameSlot& slot) noexcept;

  /// The name, when it is complete and belongs to an 8.3 name with this checksum. Valid until the
  /// next add().
  std::optional<std::u16string_view> find(std::uint8_t checksum) const noexcept;

 private:
  bool started_ = false;
  std::uint8_t next_ = 0;  // number that the next part must have; 0: complete
  std::uint8_t checksum_ = 0;
  std::size_t parts_ = 0;
  std::array<char16_t, max_long_parts * long_part_units> units_{};
};

/// The same for deleted entries, whose part numbers are overwritten: the parts before a deleted
/// 8.3 entry belong to it when they agree on a checksum and that checksum gives a first byte that
/// fits.
class DeletedLongName {
 public:
  void clear() noexcept { count_ = 0; }
  void add(const fat_layout::LongNameSlot& slot) noexcept;

  struct Found {
    std::u16string_view name;  // valid until the next call
    std::uint8_t first_byte;   // what the 8.3 name began with
  };
  std::optional<Found> find(const StoredShortName& stored) noexcept;

 private:
  struct Part {
    std::uint8_t checksum = 0;
    LongPart units{};
  };
  std::size_t count_ = 0;
  std::array<Part, max_long_parts> parts_{};
  std::array<char16_t, max_long_parts * long_part_units> units_{};
};

}  // namespace casement
