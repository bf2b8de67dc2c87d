// SPDX-License-Identifier: Apache-2.0
// All subkeys and all values of a key, where damage is a finding.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/hive/key.h"
#include "engine/hive/value.h"
#include "engine/servicing/text_budget.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// What one pass gives where the caller sets no bound of its own: no real key has so many.
inline constexpr std::uint64_t max_key_items = 1'000'000;

namespace detail {
template <class Item, class Reader, class Where, class Use>
void for_each_item(Reader reader, Diagnostics& findings, const Where& where, Use& use,
                   TextBudget& limit) {
  while (!limit.exhausted()) {
    const Result<std::optional<Item>> item = reader.next();
    if (item && !*item) {
      return;
    }
    if (!limit.take(1)) {
      findings.add("limit", Error(Status::limit_exceeded, where() + ": more items than are read"));
    } else if (!item) {
      findings.add("damaged", Error(item.error()).context(where()));
    } else {
      use(**item);
    }
  }
}
}  // namespace detail

/// Gives every subkey of `key` to `use`. One that cannot be read is a finding "damaged" and hides
/// no other; `where` gives the place for its text. Each takes one of `limit`, which may be shared
/// by many passes: the first item that it does not have is a finding "limit", and ends them all.
template <std::invocable Where, std::invocable<const Key&> Use>
void for_each_subkey(const Key& key, Diagnostics& findings, const Where& where, Use&& use,
                     TextBudget& limit) {
  detail::for_each_item<Key>(key.subkeys(), findings, where, use, limit);
}

/// The same with a limit of max_key_items for this pass.
template <std::invocable Where, std::invocable<const Key&> Use>
void for_each_subkey(const Key& key, Diagnostics& findings, const Where& where, Use&& use) {
  TextBudget limit(max_key_items);
  for_each_subkey(key, findings, where, use, limit);
}

/// The same for values.
template <std::invocable Where, std::invocable<const Value&> Use>
void for_each_value(const Key& key, Diagnostics& findings, const Where& where, Use&& use,
                    TextBudget& limit) {
  detail::for_each_item<Value>(key.values(), findings, where, use, limit);
}

template <std::invocable Where, std::invocable<const Value&> Use>
void for_each_value(const Key& key, Diagnostics& findings, const Where& where, Use&& use) {
  TextBudget limit(max_key_items);
  for_each_value(key, findings, where, use, limit);
}

}  // namespace casement
