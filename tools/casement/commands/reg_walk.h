// SPDX-License-Identifier: Apache-2.0
// From a key to the calls of a RegWriter.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tools/casement/commands/registry_source.h"
#include "tools/casement/messages.h"
#include "tools/casement/output.h"
#include "tools/casement/render/reg_writer.h"

namespace casement::cli {

/// Walks from `start`, `depth` levels of subkeys deep (nullopt: all); keys one level deeper are
/// listed. Damage is reported with its place and left out. False when nothing can be written any
/// more.
bool walk_keys(const RegStart& start, std::optional<std::uint32_t> depth, RegWriter& writer,
               Output& output, DamageReport& damage);

/// Reads the data of a value; damage is reported at `place`, which is asked for only then.
ReadValue read_value(const Value& value, const std::function<std::string()>& place,
                     DamageReport& damage);

/// `HKLM\SOFTWARE: value "x"`, fit to print.
std::string value_place(const std::string& key_place, const HiveName& name);

}  // namespace casement::cli
