// SPDX-License-Identifier: Apache-2.0
// Strings of a portable executable by their numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/pe/pe_file.h"

namespace casement {

/// Strings lie in blocks of sixteen. No compiler takes strings of more than 4,097 units.
inline constexpr std::uint32_t max_string_block = 256 * 1024;

/// The string that LoadString gives for `number`, in the language asked for, else as
/// PeResources::find chooses. nullopt: there is none, or it is empty, which is the same to Windows.
/// truncated: its block ends before it. limit_exceeded: a block over max_string_block. Else as
/// PeResources::find and read.
Result<std::optional<std::u16string>> read_resource_string(
    const PeFile& file, std::uint16_t number, std::optional<std::uint16_t> language = {});

}  // namespace casement
