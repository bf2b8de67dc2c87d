// SPDX-License-Identifier: Apache-2.0
// What a mistyped name may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casement::cli {

/// At most five of `names` that look like `typed`, best first: the same without regard to spaces or
/// punctuation, one beginning with the other, one within the other, or few letters different.
/// Without regard to case.
std::vector<std::u16string> similar_names(std::u16string_view typed,
                                          const std::vector<std::u16string>& names);

/// Letters to insert, remove or replace to get from one to the other, without regard to case.
/// Gives `limit` + 1 when it is more than `limit`.
std::size_t edit_distance(std::u16string_view a, std::u16string_view b, std::size_t limit);

/// Says on standard error which of `names` may have been meant, or which there are. `plural`: what
/// they are, "subkeys", "values", "entries".
void say_alternatives(std::u16string_view typed, const std::vector<std::u16string>& names,
                      const char* plural);

/// "'a', 'b'": at most `most` of them, fit to print.
std::string quoted_list(const std::vector<std::u16string>& names, std::size_t most);

/// Puts back separators that a shell took away: the path of names that, written one after another,
/// make up `joined`; empty: there is none. `longest(node, rest)` gives the longest name below
/// `node` that `rest` begins with, and its node, or nullopt. Each step takes that name, which finds
/// real paths; there is no way back.
template <class Node, class Longest>
std::u16string restore_separators(Node node, std::u16string_view joined, const Longest& longest) {
  std::u16string path;
  while (!joined.empty()) {
    auto found = longest(node, joined);
    if (!found) {
      return {};
    }
    auto& [name, below] = *found;
    path += path.empty() ? u"" : u"\\";
    path += name;
    joined.remove_prefix(name.size());
    node = std::move(below);
  }
  return path;
}

}  // namespace casement::cli
