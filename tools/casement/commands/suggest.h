// SPDX-License-Identifier: Apache-2.0
// What a mistyped name may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
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

}  // namespace casement::cli
