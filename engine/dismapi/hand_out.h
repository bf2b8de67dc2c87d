// SPDX-License-Identifier: Apache-2.0
// Answers of the usual shapes: one structure, an array of them, a string.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "engine/dismapi/allocation.h"
#include "engine/dismapi/dismapi.h"

namespace casement::dismapi {

/// An answer that is in the caller's hands already, taken back unless keep() is called: of several
/// that a call gives, none is lost when there is no memory for the next.
template <class T>
class HandedOut {
 public:
  HandedOut(Answer answer, T* root)
      : root_(Allocations::instance().hand_out(std::move(answer), root)) {}
  HandedOut(const HandedOut&) = delete;
  HandedOut& operator=(const HandedOut&) = delete;
  ~HandedOut() {
    if (root_ != nullptr) {
      Allocations::instance().take_back(root_);
    }
  }

  T* keep() noexcept { return std::exchange(root_, nullptr); }

 private:
  T* root_;
};

/// The elements of an array in `answer`: fill(answer, item, element) for each of `items`.
/// nullptr for none.
template <class T, class Items, class Fill>
T* make_array(Answer& answer, const Items& items, Fill&& fill) {
  T* const elements = answer.make<T>(items.size());
  std::size_t index = 0;
  for (const auto& item : items) {
    fill(answer, item, elements[index++]);
  }
  return elements;
}

/// Gives an array of `items` to the caller.
template <class T, class Items, class Fill>
void hand_out_array(const Items& items, T** out, UINT* count, Fill&& fill) {
  Answer answer;
  T* const elements = make_array<T>(answer, items, std::forward<Fill>(fill));
  *out = Allocations::instance().hand_out(std::move(answer), elements);
  *count = static_cast<UINT>(items.size());
}

/// Gives one structure to the caller: fill(answer, structure).
template <class T, class Fill>
void hand_out_one(T** out, Fill&& fill) {
  Answer answer;
  T* const structure = answer.make<T>();
  std::forward<Fill>(fill)(answer, *structure);
  *out = Allocations::instance().hand_out(std::move(answer), structure);
}

/// Gives a string to the caller.
inline void hand_out_text(std::u16string_view text, DismString** out) {
  hand_out_one(out,
               [text](Answer& answer, DismString& string) { string.Value = answer.text(text); });
}

}  // namespace casement::dismapi
