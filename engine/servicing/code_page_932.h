// SPDX-License-Identifier: Apache-2.0
// Windows code page 932 (Japanese), in which old INFs are written.
#pragma once

#include <cstdint>
#include <optional>

namespace casement {

/// The character of two bytes. nullopt: no such pair.
std::optional<char16_t> code_page_932_pair(std::uint8_t lead, std::uint8_t trail) noexcept;

}  // namespace casement
