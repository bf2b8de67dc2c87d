// SPDX-License-Identifier: Apache-2.0
// Buffers of one size that are used again: fresh memory costs as much as decoding into it.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace casement::wim {

/// Thread-safe. Outlives its buffers.
class BufferPool {
 public:
  explicit BufferPool(std::size_t buffer_size) noexcept : buffer_size_(buffer_size) {}
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  using Storage = std::unique_ptr<std::byte[]>;

  /// Memory that goes back to its pool.
  class Buffer {
   public:
    Buffer() = default;
    Buffer(BufferPool* pool, Storage storage) noexcept
        : pool_(pool), storage_(std::move(storage)) {}
    Buffer(Buffer&&) noexcept = default;
    Buffer& operator=(Buffer&& other) noexcept {
      std::swap(pool_, other.pool_);
      std::swap(storage_, other.storage_);
      return *this;
    }
    ~Buffer() {
      if (pool_ != nullptr && storage_) {
        pool_->give_back(std::move(storage_));
      }
    }
    std::byte* data() const noexcept { return storage_.get(); }

   private:
    BufferPool* pool_ = nullptr;
    Storage storage_;
  };

  /// At least `size` bytes, with any content. Larger ones than the pool's are not kept.
  Buffer take(std::size_t size) {
    if (size > buffer_size_) {
      return {nullptr, std::make_unique_for_overwrite<std::byte[]>(size)};
    }
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        Storage last = std::move(idle_.back());
        idle_.pop_back();
        return {this, std::move(last)};
      }
    }
    return {this, std::make_unique_for_overwrite<std::byte[]>(buffer_size_)};
  }

 private:
  void give_back(Storage storage) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(storage));
  }

  std::size_t buffer_size_;
  std::mutex mutex_;
  std::vector<Storage> idle_;
};

}  // namespace casement::wim
