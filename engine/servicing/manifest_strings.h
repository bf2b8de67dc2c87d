// SPDX-License-Identifier: Apache-2.0
// The texts of a manifest, by name and by language.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "engine/servicing/text_budget.h"

namespace casement {

/// What localizedStrings of a package and the string tables of an assembly say.
class ManifestStrings {
 public:
  /// Precondition: `budget` outlives this.
  explicit ManifestStrings(TextBudget& budget) noexcept : budget_(budget) {}

  /// Reads `localizedStrings` or `localization`, if there is such an element below `parent`. Of
  /// several languages en-US goes first, then the one that comes first.
  void read(const pugi::xml_node& parent);

  /// Replaces each $(string.name) whose name is known.
  std::u16string expand(std::u16string text) const;

  /// What a string gives the package itself, instead of being referred to; "" when none does.
  const std::u16string& display_name() const noexcept { return display_name_; }
  const std::u16string& description() const noexcept { return description_; }

 private:
  void add(const pugi::xml_node& string, std::u16string_view language);

  struct Entry {
    std::u16string value;
    bool preferred = false;  // of en-US
  };
  TextBudget& budget_;
  std::map<std::u16string, Entry> values_;  // by upper-cased name
  std::u16string display_name_;
  std::u16string description_;
  bool preferred_ = false;  // display_name_ and description_ are of en-US
};

}  // namespace casement
