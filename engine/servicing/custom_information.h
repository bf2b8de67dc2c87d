// SPDX-License-Identifier: Apache-2.0
// Properties that a manifest declares in customInformation.
#pragma once

#include <pugixml.hpp>
#include <vector>

#include "engine/servicing/custom_property.h"
#include "engine/servicing/text_budget.h"

namespace casement {

/// Adds the properties of every customInformation right below `parent`, in the order in which DISM
/// prints them: the attributes of an element by name, then its text, then the elements below it in
/// their order. Stops when `budget` is used up.
void read_custom_information(const pugi::xml_node& parent, TextBudget& budget,
                             std::vector<CustomProperty>& properties);

}  // namespace casement
