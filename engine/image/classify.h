// SPDX-License-Identifier: Apache-2.0
// What kind of installation it is.
#pragma once

#include <optional>
#include <string_view>

#include "engine/image/facts.h"
#include "engine/image/installation.h"

namespace casement {

/// The first rule that matches: Windows PE and its recovery form, then the place, then what
/// SOFTWARE and SYSTEM say. Every rule that matched is added to the evidence, with 0 points.
InstallationClass classify(Installation& installation, const InstallationFacts& facts,
                           const FileSystem& file_system);

/// previous below Windows.old, upgrade_stage below the folder of an upgrade.
std::optional<InstallationClass> class_of_place(std::u16string_view windows_directory);

/// "Windows.old", "Windows.old.000", "Windows.old(1)": where an upgrade puts what was there before.
bool is_previous_directory(std::u16string_view name);

/// A Windows that people work with: client or server.
bool is_full_windows(InstallationClass kind) noexcept;

}  // namespace casement
