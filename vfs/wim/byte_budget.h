// SPDX-License-Identifier: Apache-2.0
// A bound on memory that several threads take at the same time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <utility>

namespace casement::wim {

/// Bytes that may be in use. A share that is larger than the whole is given when nothing else is
/// out, so that nobody waits for ever. Thread-safe.
class ByteBudget {
 public:
  explicit ByteBudget(std::uint64_t limit) noexcept : limit_(limit) {}
  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;

  /// Bytes taken, given back when it is destroyed.
  class Share {
   public:
    Share() = default;
    Share(ByteBudget& budget, std::uint64_t bytes) noexcept : budget_(&budget), bytes_(bytes) {}
    Share(Share&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), bytes_(other.bytes_) {}
    Share& operator=(Share&& other) noexcept {
      std::swap(budget_, other.budget_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Share() {
      if (budget_ != nullptr) {
        budget_->give_back(bytes_);
      }
    }

   private:
    ByteBudget* budget_ = nullptr;
    std::uint64_t bytes_ = 0;
  };

  /// Waits until they are free.
  [[nodiscard]] Share take(std::uint64_t bytes) {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [&] { return used_ == 0 || (used_ <= limit_ && bytes <= limit_ - used_); });
    used_ += bytes;
    return {*this, bytes};
  }

  /// Nobody waits from now on: the work is given up.
  void lift() noexcept {
    {
      const std::scoped_lock lock(mutex_);
      limit_ = std::numeric_limits<std::uint64_t>::max();
    }
    freed_.notify_all();
  }

 private:
  void give_back(std::uint64_t bytes) noexcept {
    {
      const std::scoped_lock lock(mutex_);
      used_ -= bytes;
    }
    freed_.notify_all();
  }

  std::uint64_t limit_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::uint64_t used_ = 0;
};

}  // namespace casement::wim
