// SPDX-License-Identifier: Apache-2.0
// States and kinds as words: `code` for programs and options, `words` as DISM has them.
#pragma once

#include <optional>
#include <span>

#include "engine/image/boot_manager.h"
#include "engine/inspect/drivers.h"
#include "engine/inspect/intl.h"
#include "engine/inspect/package_details.h"
#include "engine/inspect/servicing_state.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

/// Of a package, a capability or an update.
Choice package_state_words(PackageState state) noexcept;
/// Of a feature.
Choice feature_state_words(PackageState state) noexcept;
/// All of them, for options: each state with its words.
std::span<const Choice> all_package_states() noexcept;
std::span<const Choice> all_feature_states() noexcept;

std::optional<Choice> release_type_words(std::optional<ReleaseType> type) noexcept;
Choice restart_words(RestartType type) noexcept;
Choice offline_words(OfflineInstallable offline) noexcept;
Choice signature_words(DriverSignature signature) noexcept;
Choice language_words(LanguageKind kind) noexcept;
Choice health_words(HealthState health) noexcept;
/// nullopt: unknown.
std::optional<Choice> firmware_words(Firmware firmware) noexcept;
/// State of a Windows Installer product; nullopt: a number without a meaning.
std::optional<Choice> product_state_words(std::int32_t state) noexcept;

}  // namespace casement::cli
