// SPDX-License-Identifier: Apache-2.0
// `casement reg --deleted`.
#pragma once

#include <vector>

#include "tools/casement/args.h"
#include "tools/casement/commands/registry_source.h"
#include "tools/casement/messages.h"

namespace casement::cli {

/// Prints the deleted keys and values of the hives of `starts`: those below each start, and those
/// whose parent is gone when the start is a hive's root.
void print_deleted(const std::vector<RegStart>& starts, const RegOptions& options, Output& output,
                   DamageReport& damage);

}  // namespace casement::cli
