// SPDX-License-Identifier: Apache-2.0
// Large pages of the host; POSIX, with what Linux has beside it.
#include "vfs/source/large_bytes.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace casement::detail {
namespace {

constexpr std::size_t large_page = std::size_t{2} << 20;

}  // namespace

void* allocate_large(std::size_t size, bool present) {
  if (size < large_page) {
    return ::operator new(size);
  }
  const std::size_t whole = (size + large_page - 1) / large_page * large_page;
  void* memory = std::aligned_alloc(large_page, whole);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  // Advice: where it is not taken, pages come one by one as they always do.
#ifdef MADV_HUGEPAGE
  (void)madvise(memory, whole, MADV_HUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
  if (present) {
    (void)madvise(memory, size, MADV_POPULATE_WRITE);
  }
#endif
  return memory;
}

void free_large(void* memory, std::size_t size) noexcept {
  if (size < large_page) {
    ::operator delete(memory);
  } else {
    std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc): of aligned_alloc
  }
}

}  // namespace casement::detail
