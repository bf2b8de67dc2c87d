// SPDX-License-Identifier: Apache-2.0
// The hives that every installation has, by name.
#pragma once

#include <cstddef>
#include <cstdint>

namespace casement {

/// The hives that a session may ask for.
enum class HiveId : std::uint8_t {
  system,
  software,
  sam,
  security,
  default_user,  // System32\config\DEFAULT
  components,
  drivers,
  bcd_template,
};
inline constexpr std::size_t hive_id_count = 8;

/// The file's name in System32\config: "SYSTEM".
const char* hive_file_name(HiveId id) noexcept;

}  // namespace casement
