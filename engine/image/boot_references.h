// SPDX-License-Identifier: Apache-2.0
// Points for installations that boot entries start.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/image/boot_target.h"
#include "engine/image/examined.h"

namespace casement {

/// Adds the evidence, once for an installation however many entries start it. The result is the
/// installation that the default entry of the best store starts. Precondition: `targets` was made
/// with `installations`.
std::optional<std::size_t> score_boot_references(const BootTargets& targets,
                                                 const std::vector<FoundStore>& stores,
                                                 std::vector<Examined>& installations);

}  // namespace casement
