// SPDX-License-Identifier: Apache-2.0
// Reading a file from front to back in large pieces that several tasks share. Internal to verify().
#pragma once

#include <cstdint>
#include <memory>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"
#include "vfs/wim/byte_budget.h"
#include "vfs/wim/verify_integrity.h"

namespace casement::wim {

/// Bytes of a file. What holds it may look into it.
struct Window {
  ByteBudget::Share share;
  std::uint64_t offset = 0;  // in the file
  std::size_t size = 0;
  std::unique_ptr<std::byte[]> storage;

  bool covers(std::uint64_t at, std::uint64_t length) const noexcept {
    return at >= offset && in_range(size, at - offset, length);
  }
  /// Precondition: covers(at, length).
  Bytes bytes(std::uint64_t at, std::uint64_t length) const noexcept {
    return Bytes(storage.get(), size)
        .subspan(static_cast<std::size_t>(at - offset), static_cast<std::size_t>(length));
  }
};
using WindowPtr = std::shared_ptr<const Window>;

/// Gives windows over one file, each byte read once when they are asked for in order; what it reads
/// it shows to the integrity check, too. Belongs to one thread. Windows take their memory from
/// `budget`: fetch() waits until there is some, so its caller must not hold windows of its own.
class WindowReader {
 public:
  /// `integrity` may be null.
  WindowReader(SourcePtr file, ByteBudget& budget, IntegrityCheck* integrity)
      : file_(std::move(file)), budget_(budget), integrity_(integrity) {}

  /// Whether fetch() would give the window that it gave last.
  bool covers(std::uint64_t offset, std::uint64_t length) const noexcept {
    return window_ && window_->covers(offset, length);
  }

  /// A window that covers the range. Precondition: the range lies in the file.
  Result<WindowPtr> fetch(std::uint64_t offset, std::uint64_t length);

 private:
  SourcePtr file_;
  ByteBudget& budget_;
  IntegrityCheck* integrity_;
  WindowPtr window_;
};

}  // namespace casement::wim
