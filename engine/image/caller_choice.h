// SPDX-License-Identifier: Apache-2.0
// What a caller fixed: WindowsDirectory and SystemDrive of DismOpenSession.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "engine/image/boot_stores.h"
#include "engine/image/candidates.h"
#include "engine/image/drive_letters.h"

namespace casement {

/// The directory that the caller named: relative ("Windows", "\Windows", "Windows\"), absolute
/// ("C:\Windows"), or a path of the host below the image. path_not_found: it is not there or holds
/// no System32; access_denied and others as the file systems say.
Result<Candidate> find_named_directory(const OpenedImage& opened, std::u16string_view name,
                                       const Limits& limits);

/// The letter in "S:", "S:\" or "S:/". invalid_argument: anything else.
Result<char16_t> parse_system_drive(std::u16string_view text);

/// The volume of that letter. path_not_found: the installation has no such letter, no volume of the
/// image belongs to it, or the volume holds no boot store.
Result<std::size_t> find_system_drive(const OpenedImage& opened, char16_t letter,
                                      const DriveLetters& letters,
                                      std::span<const FoundStore> stores);

}  // namespace casement
