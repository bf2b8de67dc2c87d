// SPDX-License-Identifier: Apache-2.0
// The summary information of a compound file: a property set of texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Properties that Windows Installer gives a meaning of its own (PIDSI_*).
namespace summary_property {
inline constexpr std::uint32_t template_text = 7;
inline constexpr std::uint32_t revision_number = 9;
}  // namespace summary_property

/// The stream with the summary information.
inline constexpr std::u16string_view summary_stream = u"\005SummaryInformation";

/// A text of the first property set, up to the first NUL. nullopt: there is no such property.
/// corrupt: what leads to it is damaged. invalid_data: it is no text, or one with characters other
/// than ASCII, for which nothing here needs the code page.
Result<std::optional<std::string>> read_summary_text(Bytes stream, std::uint32_t property);

}  // namespace casement
