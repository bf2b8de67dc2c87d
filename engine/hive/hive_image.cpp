// SPDX-License-Identifier: Apache-2.0
// Filling the bins page by page, and the one check of every cell.
#include "engine/hive/hive_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/hive/hive_layout.h"

namespace casement {

HiveImage::HiveImage(SourcePtr source, std::uint32_t bins_size, std::uint32_t stored)
    : source_(std::move(source)),
      bins_size_(bins_size),
      stored_(stored),
      page_count_((bins_size + (hive_layout::page_size - 1)) >> page_shift),
      bins_(std::make_unique_for_overwrite<std::byte[]>(bins_size)),
      loaded_(std::make_unique<std::atomic<bool>[]>(page_count_)) {}

std::unexpected<Error> HiveImage::out_of_range(std::uint32_t offset, std::uint32_t length,
                                               const char* what) const {
  return fail(Status::truncated,
              fmt::format("{} at 0x{:x}: {} bytes reach past the end of the hive bins at 0x{:x}",
                          what, file_offset(offset), length, file_offset(bins_size_)));
}

Result<Bytes> HiveImage::cell(std::uint32_t offset, std::uint32_t minimum, const char* what) const {
  constexpr std::uint32_t size_field = 4;
  constexpr std::uint32_t smallest_cell = 8;
  if (offset % 8 != 0) [[unlikely]] {
    return fail(Status::corrupt,
                fmt::format("{}: cell offset 0x{:x} is not a multiple of 8", what, offset));
  }
  const Bytes head = CASEMENT_TRY(range(offset, size_field, what));
  const auto raw_size = get_le<std::uint32_t>(head, 0);
  const std::uint32_t size = 0U - raw_size;  // allocated cells store their size negated
  if (static_cast<std::int32_t>(raw_size) >= 0) [[unlikely]] {
    return fail(Status::corrupt, fmt::format("{} at 0x{:x}: the cell is free (size 0x{:x})", what,
                                             file_offset(offset), raw_size));
  }
  if (size < smallest_cell) [[unlikely]] {
    return fail(Status::corrupt, fmt::format("{} at 0x{:x}: cell of {} bytes, expected at least 8",
                                             what, file_offset(offset), size));
  }
  const Bytes whole = CASEMENT_TRY(range(offset, size, what));
  if (size - size_field < minimum) [[unlikely]] {
    return fail(Status::truncated,
                fmt::format("{} at 0x{:x}: cell holds {} bytes, expected at least {}", what,
                            file_offset(offset), size - size_field, minimum));
  }
  return whole.subspan(size_field);
}

Result<void> HiveImage::overlay(std::uint32_t offset, Bytes page) {
  CASEMENT_TRY(range(offset, static_cast<std::uint32_t>(page.size()), "recovered page"));
  std::memcpy(bins_.get() + offset, page.data(), page.size());
  return {};
}

Result<void> HiveImage::load_range(std::uint32_t offset, std::uint32_t length) const {
  const std::uint32_t last = (offset + (length - 1)) >> page_shift;
  const std::scoped_lock lock(fill_);
  for (std::uint32_t page = offset >> page_shift; page <= last; ++page) {
    if (loaded_[page].load(std::memory_order_relaxed)) {
      continue;
    }
    // Walks go forward in steps: what lies close behind the last read counts as its continuation.
    const bool continues = page >= next_page_ && page - next_page_ <= readahead_pages_;
    readahead_pages_ = continues ? std::min(readahead_pages_ * 2, max_readahead_pages) : 1U;
    const std::uint32_t needed = last - page + 1;
    if (readahead_pages_ <= needed || !load_run(page, readahead_pages_)) {
      // What was asked for decides; a bad sector further on is nobody's loss yet.
      readahead_pages_ = 1;
      CASEMENT_TRY(load_run(page, needed));
    }
  }
  return {};
}

Result<void> HiveImage::load_run(std::uint32_t first_page, std::uint32_t page_limit) const {
  std::uint32_t end_page = first_page;
  const std::uint32_t stop_page = std::min(page_count_ - first_page, page_limit) + first_page;
  while (end_page < stop_page && !loaded_[end_page].load(std::memory_order_relaxed)) {
    ++end_page;
  }
  const std::uint64_t begin = std::uint64_t{first_page} << page_shift;
  const std::uint64_t end =
      std::min<std::uint64_t>(std::uint64_t{end_page} << page_shift, bins_size_);
  const std::uint64_t stored_end = std::clamp<std::uint64_t>(stored_, begin, end);
  if (stored_end > begin) {
    CASEMENT_TRY(source_->read(hive_layout::base_block_size + begin,
                               {bins_.get() + begin, stored_end - begin}));
    bytes_read_.fetch_add(stored_end - begin, std::memory_order_relaxed);
  }
  // Bins that only the logs know start empty; recovery then lays their pages over.
  std::memset(bins_.get() + stored_end, 0, end - stored_end);
  for (std::uint32_t page = first_page; page < end_page; ++page) {
    loaded_[page].store(true, std::memory_order_release);
  }
  next_page_ = end_page;
  return {};
}

}  // namespace casement
