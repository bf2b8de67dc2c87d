// SPDX-License-Identifier: Apache-2.0
// Choosing items.
#include "tools/casement/commands/item_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/servicing/package_identity.h"
#include "tools/casement/commands/suggest.h"
#include "tools/casement/messages.h"
#include "vfs/core/ascii.h"

namespace casement::cli {
namespace {

/// Names shown when a name means several items.
constexpr std::size_t names_shown = 5;

/// "Install Pending" and "install-pending" are the same word.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_ascii_letter(c)) {
      letters += to_lower_ascii(c);
    }
  }
  return letters;
}

/// Every name once, in order.
std::vector<std::u16string> all_names(const ItemNames& names) {
  std::vector<std::u16string> all;
  std::set<std::u16string_view> known;
  for (const std::vector<std::u16string>& list : names) {
    for (const std::u16string& name : list) {
      if (known.insert(name).second) {
        all.push_back(name);
      }
    }
  }
  return all;
}

}  // namespace

bool ItemFilter::takes(std::u16string_view name, Choice state) const {
  return (states_.empty() || std::ranges::find(states_, state.code) != states_.end()) &&
         pattern_.matches(name);
}

std::optional<std::string> find_state(std::string_view typed, std::span<const Choice> states) {
  const std::string letters = letters_of(typed);
  for (const Choice& state : states) {
    if (letters == letters_of(state.code) || letters == letters_of(state.words)) {
      return state.code;
    }
  }
  return std::nullopt;
}

std::vector<std::size_t> named_items(std::u16string_view name,
                                     const std::vector<std::u16string>& names) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (same_identity(names[i], name)) {
      found.push_back(i);
    }
  }
  return found;
}

ItemNames with_short_names(std::vector<std::u16string> identities) {
  std::vector<std::u16string> shorter;
  for (const std::u16string& identity : identities) {
    shorter.push_back(identity.substr(0, identity.find(u'~')));
  }
  return {std::move(identities), std::move(shorter)};
}

std::optional<std::size_t> choose_item(const std::string& name, const ItemNames& names,
                                       const char* plural) {
  const std::u16string units = to_units(name);
  for (const std::vector<std::u16string>& list : names) {
    const std::vector<std::size_t> found = named_items(units, list);
    if (found.size() == 1) {
      return found.front();
    }
    if (!found.empty()) {
      std::vector<std::u16string> meant;
      for (const std::size_t index : found) {
        meant.push_back(names.front()[index]);
      }
      say_error(fmt::format("'{}' means {} {}", name, found.size(), plural));
      say_hint("say which one: " + quoted_list(meant, names_shown) +
               (meant.size() > names_shown ? ", ..." : ""));
      return std::nullopt;
    }
  }
  say_error(fmt::format("'{}' is none of the {} {}", name, names.front().size(), plural));
  // The last kind of names is the shortest: when nothing looks alike, people want to read those.
  const std::vector<std::u16string> all = all_names(names);
  say_alternatives(units, similar_names(units, all).empty() ? all_names({names.back()}) : all,
                   plural);
  return std::nullopt;
}

}  // namespace casement::cli
