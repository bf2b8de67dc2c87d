// SPDX-License-Identifier: Apache-2.0
// Parts of read_system_facts(), a file each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/system_facts.h"

namespace casement {

/// The strings of a REG_MULTI_SZ (of a REG_SZ: one) that are not empty, at most 256 ("limit").
std::vector<Fact<std::u16string>> read_texts(FactReader& reader, HiveId id, std::u16string_view key,
                                             std::u16string_view name);

void read_deployment(FactReader& reader, DeploymentState& state);
void read_hardware(FactReader& reader, Hardware& hardware);
std::vector<PreviousWindows> read_history(FactReader& reader);

}  // namespace casement
