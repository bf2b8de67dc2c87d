// SPDX-License-Identifier: Apache-2.0
// The parts of a package manifest, each read from its element.
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <vector>

#include "engine/servicing/manifest_strings.h"
#include "engine/servicing/package_manifest.h"
#include "engine/servicing/text_budget.h"

namespace casement {

/// The identities of assemblyIdentity right below `node`; a language "neutral" is empty, one
/// without a name is a finding.
std::vector<PackageIdentity> read_identities(const pugi::xml_node& node, Diagnostics& findings);

/// An `update` element.
ManifestUpdate read_manifest_update(const pugi::xml_node& node, const ManifestStrings& strings,
                                    TextBudget& budget, Diagnostics& findings);

/// "true" and "1", "false" and "0", without regard to case. nullopt: absent, or something else,
/// which is a finding.
std::optional<bool> read_boolean(const pugi::xml_node& node, std::string_view attribute,
                                 Diagnostics& findings);

/// Decimal digits. nullopt: absent, or something else, which is a finding.
std::optional<std::uint64_t> read_number(const pugi::xml_node& node, std::string_view attribute,
                                         Diagnostics& findings);

}  // namespace casement
