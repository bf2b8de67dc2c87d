// SPDX-License-Identifier: Apache-2.0
// GUIDs in their on-disk byte order.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement {

/// 16 bytes as stored: u32 LE, u16 LE, u16 LE, 8 bytes. Compared on the raw bytes.
struct Guid {
  std::array<std::byte, 16> raw{};

  friend bool operator==(const Guid&, const Guid&) = default;
  friend auto operator<=>(const Guid&, const Guid&) = default;

  bool is_nil() const noexcept { return *this == Guid{}; }

  /// Precondition: data.size() >= 16.
  static Guid from_bytes(Bytes data) noexcept;

  /// "{9dea862c-...}" or without braces, any case; nullopt for anything else.
  static std::optional<Guid> parse(std::string_view text) noexcept;
  static std::optional<Guid> parse(std::u16string_view text) noexcept;

  /// Lower case with dashes, without braces.
  std::string to_string() const;
};

}  // namespace casement
