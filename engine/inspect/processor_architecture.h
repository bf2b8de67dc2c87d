// SPDX-License-Identifier: Apache-2.0
// The numbers that Windows has for processors outside of programs.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/inspect/identity.h"

namespace casement {

/// PROCESSOR_ARCHITECTURE_* of winnt.h: how WIMs, driver packages and the DISM API number
/// processors. nullopt for unknown.
std::optional<std::uint32_t> processor_architecture(Architecture architecture) noexcept;

/// The other way round; unknown for numbers that stand for none of ours.
Architecture architecture_of_processor(std::uint32_t processor) noexcept;

}  // namespace casement
