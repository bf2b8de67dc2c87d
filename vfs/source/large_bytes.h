// SPDX-License-Identifier: Apache-2.0
// Megabytes that are read once and kept: without zeroing them first, and in large pages where the
// host has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace casement {
namespace detail {

/// std::bad_alloc when there is no memory. From a size of large_page on, the memory is asked for in
/// large pages, because thousands of page faults cost more than the reading does, and `present`
/// makes all of it present at once.
void* allocate_large(std::size_t size, bool present);
void free_large(void* memory, std::size_t size) noexcept;

}  // namespace detail

/// When the pages of large memory come.
enum class LargePages : std::uint8_t {
  at_once,   // all of them are filled soon
  as_filled  // what is reserved may be more than what is used
};

/// Elements that are not given a value keep what the memory had.
template <class T, LargePages Pages = LargePages::at_once>
struct LargeAllocator {
  using value_type = T;
  template <class U>
  struct rebind {
    using other = LargeAllocator<U, Pages>;
  };

  LargeAllocator() = default;
  template <class U>
  // NOLINTNEXTLINE(google-explicit-constructor): allocators convert
  LargeAllocator(const LargeAllocator<U, Pages>& /*other*/) noexcept {}

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) {
      throw std::bad_array_new_length();
    }
    return static_cast<T*>(detail::allocate_large(count * sizeof(T), Pages == LargePages::at_once));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    detail::free_large(memory, count * sizeof(T));
  }
  template <class U, class... Args>
  void construct(U* place, Args&&... args) {
    if constexpr (sizeof...(Args) == 0) {
      ::new (static_cast<void*>(place)) U;
    } else {
      ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
    }
  }
  friend bool operator==(const LargeAllocator& /*a*/, const LargeAllocator& /*b*/) noexcept {
    return true;
  }
};

using LargeBytes = std::vector<std::byte, LargeAllocator<std::byte>>;

/// Rows of a table that grows by appending.
template <class T>
using LargeTable = std::vector<T, LargeAllocator<T, LargePages::as_filled>>;

}  // namespace casement
