// SPDX-License-Identifier: Apache-2.0
// Values of COMPONENTS, which lie in its root, and dates as servicing writes them.
#pragma once

#include <optional>
#include <string_view>

#include "engine/inspect/fact_reader.h"
#include "vfs/core/filetime.h"

namespace casement {

/// A value of the root key of COMPONENTS with its evidence. nullopt: absent, without data (what
/// servicing leaves when it is done), or damaged, which is a finding.
MaybeFact<Value> components_value(FactReader& facts, std::u16string_view name);

/// Whether it is there and is not 0.
MaybeFact<bool> components_flag(FactReader& facts, std::u16string_view name);

/// "2023/10/01:08:07:03", in UTC. nullopt: it is not of that form.
std::optional<FileTime> parse_servicing_time(std::u16string_view text);

}  // namespace casement
