// SPDX-License-Identifier: Apache-2.0
// The hive bins as one run of checked bytes, read on demand.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

#include "vfs/core/byte_source.h"

namespace casement {

/// A private copy of the bins that is filled page by page when a page is first touched. Memory and
/// reads follow what is asked: the rest of the buffer is never written and so costs no memory.
/// Not a mapping of the file: a file that shrinks must give an error, not a signal.
/// const calls may be made from many threads; Bytes stay valid for the image's life.
class HiveImage {
 public:
  /// `bins_size` bytes of bins, of which `stored` lie in `source` from file offset 4096.
  /// Precondition: stored <= bins_size, and the source holds 4096 + stored bytes.
  HiveImage(SourcePtr source, std::uint32_t bins_size, std::uint32_t stored);

  const ByteSource& source() const noexcept { return *source_; }
  std::uint32_t bins_size() const noexcept { return bins_size_; }
  /// Bytes read from the source so far.
  std::uint64_t bytes_read() const noexcept { return bytes_read_.load(std::memory_order_relaxed); }

  /// `length` bytes from a bins offset. truncated: outside the bins.
  Result<Bytes> range(std::uint32_t offset, std::uint32_t length, const char* what) const {
    if (!in_range(bins_size_, offset, length)) [[unlikely]] {
      return out_of_range(offset, length, what);
    }
    if (length != 0 && !is_loaded(offset, length)) [[unlikely]] {
      CASEMENT_TRY(load_range(offset, length));
    }
    return Bytes(bins_.get() + offset, length);
  }

  /// The content of the allocated cell at `offset`, without its size field, at least `minimum`
  /// bytes. corrupt: misaligned, free, or smaller than a cell can be. `what` names its purpose.
  Result<Bytes> cell(std::uint32_t offset, std::uint32_t minimum, const char* what) const;

  /// Replaces bytes while the hive is being recovered. Precondition: not yet shared, in range.
  Result<void> overlay(std::uint32_t offset, Bytes page);

  /// "0x<file offset>" of a bins offset, for messages.
  static std::uint64_t file_offset(std::uint32_t bins_offset) noexcept {
    return std::uint64_t{bins_offset} + 4096;
  }

 private:
  static constexpr unsigned page_shift = 12;
  static constexpr std::uint32_t max_readahead_pages = 256;  // 1 MiB

  /// Precondition of both: in range, length > 0.
  bool is_loaded(std::uint32_t offset, std::uint32_t length) const noexcept {
    const std::uint32_t last_page = (offset + (length - 1)) >> page_shift;
    for (std::uint32_t page = offset >> page_shift; page <= last_page; ++page) {
      if (!loaded_[page].load(std::memory_order_acquire)) {
        return false;
      }
    }
    return true;
  }
  Result<void> load_range(std::uint32_t offset, std::uint32_t length) const;
  Result<void> load_run(std::uint32_t first_page, std::uint32_t page_limit) const;
  std::unexpected<Error> out_of_range(std::uint32_t offset, std::uint32_t length,
                                      const char* what) const;

  SourcePtr source_;
  std::uint32_t bins_size_;
  std::uint32_t stored_;
  std::uint32_t page_count_;
  std::unique_ptr<std::byte[]> bins_;
  std::unique_ptr<std::atomic<bool>[]> loaded_;
  mutable std::mutex fill_;
  mutable std::uint32_t next_page_ = 0;  // guarded by fill_: where a sequential reader goes on
  mutable std::uint32_t readahead_pages_ = 1;  // guarded by fill_
  mutable std::atomic<std::uint64_t> bytes_read_ = 0;
};

}  // namespace casement
