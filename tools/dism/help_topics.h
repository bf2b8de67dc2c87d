// SPDX-License-Identifier: Apache-2.0
// What the help pages are made from.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace casement::dism {

enum class HelpGroup : std::uint8_t { file, servicing, option };

struct HelpTopic {
  HelpGroup group = HelpGroup::servicing;
  std::string_view name;       // without '/'
  std::string_view arguments;  // behind the name, as written
  std::string_view summary;    // one line
  std::string_view details;    // lines, or nothing
};

/// One for every command that reads and every global option.
std::span<const HelpTopic> help_topics();

}  // namespace casement::dism
