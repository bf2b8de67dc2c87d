// SPDX-License-Identifier: Apache-2.0
// Help pages, in our own words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casement::dism {

/// The page of an option or a command, without '/' and without regard to case; an empty topic is
/// the program. nullopt: there is none.
std::optional<std::string> help_page(std::string_view topic);

}  // namespace casement::dism
