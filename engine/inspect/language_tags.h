// SPDX-License-Identifier: Apache-2.0
// Language identifiers (LCID) and the tags that they stand for.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace casement {

/// "en-US" for 0x0409; nullopt for an identifier that is not in the table. The table has every
/// language that Windows itself or a language pack of it comes in, and the common regional forms.
std::optional<std::u16string_view> language_tag(std::uint32_t lcid) noexcept;

}  // namespace casement
