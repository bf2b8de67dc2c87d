// SPDX-License-Identifier: Apache-2.0
// Geographical locations by number (GEOID).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace casement {

/// "United States" for 244; nullopt for a number that is not in the table.
std::optional<std::u16string_view> location_name(std::uint32_t geo_id) noexcept;

}  // namespace casement
