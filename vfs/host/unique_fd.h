// SPDX-License-Identifier: Apache-2.0
// An owned file descriptor. POSIX only.
#pragma once

#include <unistd.h>

#include <optional>
#include <utility>

namespace casement {

/// Closes the descriptor it holds. Move-only.
class UniqueFd {
 public:
  /// Takes ownership of an open descriptor.
  explicit UniqueFd(int fd) noexcept : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, std::nullopt)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() {
    if (fd_) {
      ::close(*fd_);
    }
  }

  /// Precondition: not moved from.
  int get() const noexcept { return *fd_; }
  /// Gives the descriptor away. Precondition: not moved from.
  int release() noexcept { return *std::exchange(fd_, std::nullopt); }

 private:
  std::optional<int> fd_;
};

}  // namespace casement
