// SPDX-License-Identifier: Apache-2.0
// Which items of a list are meant: by their state and name, or one by its name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/casement/args.h"
#include "tools/casement/commands/glob.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

/// --state and --match.
class ItemFilter {
 public:
  explicit ItemFilter(const ListOptions& options)
      : states_(options.states), pattern_(options.match) {}
  bool takes(std::u16string_view name, Choice state) const;
  bool takes(std::u16string_view name) const { return pattern_.matches(name); }

 private:
  std::vector<std::string> states_;
  NamePattern pattern_;
};

/// The code of the state that was typed: "install-pending", "Install Pending". nullopt: none of
/// `states`.
std::optional<std::string> find_state(std::string_view typed, std::span<const Choice> states);

/// Positions of the items that are called `name`, without regard to case.
std::vector<std::size_t> named_items(std::u16string_view name,
                                     const std::vector<std::u16string>& names);

/// What items are called: one list for each kind of name, the most exact kind first, each with a
/// name for every item.
using ItemNames = std::vector<std::vector<std::u16string>>;

/// Identities, and the part of each before its first '~'.
ItemNames with_short_names(std::vector<std::u16string> identities);

/// The one item that `name` means. nullopt: none or several, which was said on standard error, with
/// what to try instead. `plural`: what they are.
std::optional<std::size_t> choose_item(const std::string& name, const ItemNames& names,
                                       const char* plural);

}  // namespace casement::cli
