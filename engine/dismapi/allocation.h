// SPDX-License-Identifier: Apache-2.0
// Memory that is handed out to the caller, and taken back by DismDelete.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/dismapi/dismapi.h"
#include "vfs/core/checked.h"

namespace casement::dismapi {

/// One answer: a structure or an array, and the strings and arrays that it points to. All of it
/// lives until the answer is destroyed. Fill it, then hand it out.
class Answer {
 public:
  /// `count` zeroed elements; nullptr for 0. std::bad_alloc also when their size has no number.
  template <class T>
    requires std::is_trivial_v<T>
  T* make(std::size_t count = 1) {
    const auto size = checked_mul(count, sizeof(T));
    if (!size) {
      throw std::bad_alloc();
    }
    return static_cast<T*>(block(static_cast<std::size_t>(*size)));
  }

  /// A copy with a NUL behind it.
  PCWSTR text(std::u16string_view text);

 private:
  void* block(std::size_t size);

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

/// The answers that are in the caller's hands, by the pointer that the caller has. Thread-safe.
class Allocations {
 public:
  /// The one of this process: DismDelete gets nothing but a pointer.
  static Allocations& instance();

  /// Gives `root`, which lies in `answer`, to the caller. nullptr (an empty array) is not recorded.
  template <class T>
  T* hand_out(Answer answer, T* root) {
    add(std::move(answer), root);
    return root;
  }

  /// Frees the answer. False: nobody has such a pointer.
  bool take_back(const void* root) noexcept;

  std::size_t size() const;

 private:
  void add(Answer answer, const void* root);

  mutable std::mutex mutex_;
  std::map<const void*, Answer> answers_;
};

}  // namespace casement::dismapi
