// SPDX-License-Identifier: Apache-2.0
// Decoding in the background, and waiting for it.
#include "vfs/wim/metadata_loader.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <system_error>
#include <utility>

namespace casement::wim {
namespace {

/// What one thread takes at a time: many chunks, so that each is decoded once.
constexpr std::uint64_t segment_size = std::uint64_t{1} << 20;
/// What is given up around damage: a chunk of the usual size.
constexpr std::uint64_t piece_size = 32'768;
constexpr unsigned max_threads = 8;

}  // namespace

LoadedMetadata::LoadedMetadata(SourcePtr source, unsigned threads)
    : MetadataView(source->size()),
      source_(std::move(source)),
      bytes_(std::make_unique_for_overwrite<std::byte[]>(  // NOLINT: see the member
          static_cast<std::size_t>(size()))),
      segment_count_((size() + segment_size - 1) / segment_size),
      done_(static_cast<std::size_t>(segment_count_)) {
  const unsigned wanted =
      threads != 0 ? threads : std::clamp(std::thread::hardware_concurrency(), 1U, max_threads);
  if (segment_count_ < 2) {
    return;  // not worth a thread
  }
  for (unsigned i = 0; i < wanted && i < segment_count_; ++i) {
    try {
      threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      break;  // the system has no more: load() does without
    }
  }
}

LoadedMetadata::~LoadedMetadata() {
  stop_ = true;
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

void LoadedMetadata::work() noexcept {
  while (!stop_) {
    const std::uint64_t segment = next_segment_++;
    if (segment >= segment_count_) {
      return;
    }
    try {
      read_segment(segment);
    } catch (...) {
      // Out of memory: for the thread that waits, which is the caller's.
      const std::scoped_lock lock(mutex_);
      failure_ = std::current_exception();
      progress_.notify_all();
      return;
    }
    const std::scoped_lock lock(mutex_);
    done_[static_cast<std::size_t>(segment)] = true;
    while (done_in_front_ < segment_count_ && done_[static_cast<std::size_t>(done_in_front_)]) {
      ++done_in_front_;
    }
    progress_.notify_all();
  }
}

void LoadedMetadata::read_segment(std::uint64_t segment) {
  const std::span<std::byte> all(bytes_.get(), static_cast<std::size_t>(size()));
  const auto part = [&](std::uint64_t begin, std::uint64_t length) {
    return all.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(length));
  };
  const std::uint64_t begin = segment * segment_size;
  const std::uint64_t end = std::min(begin + segment_size, size());
  if (source_->read(begin, part(begin, end - begin))) {
    return;
  }
  for (std::uint64_t offset = begin; offset < end; offset += piece_size) {
    const std::uint64_t piece_end = std::min(offset + piece_size, end);
    auto read = source_->read(offset, part(offset, piece_end - offset));
    if (!read) {
      const std::scoped_lock lock(mutex_);
      holes_.insert_or_assign(offset, Hole{piece_end, std::move(read).error()});
    }
  }
}

Result<void> LoadedMetadata::load(std::uint64_t offset, std::uint64_t length) {
  if (threads_.empty()) {
    work();
  }
  const std::uint64_t end = offset + length;
  std::unique_lock lock(mutex_);
  const auto in_front = [this] { return std::min(done_in_front_ * segment_size, size()); };
  progress_.wait(lock, [&] { return failure_ != nullptr || in_front() >= end; });
  if (failure_ != nullptr) {
    std::rethrow_exception(failure_);
  }
  const auto behind = holes_.upper_bound(offset);
  // The hole may lie in a segment behind one that is still being decoded.
  const std::uint64_t good_end =
      behind == holes_.end() ? in_front() : std::min(in_front(), behind->first);
  std::uint64_t good_begin = 0;
  if (behind != holes_.begin()) {
    const Hole& before = std::prev(behind)->second;
    if (before.end > offset) {
      return std::unexpected(before.error);
    }
    good_begin = before.end;
  }
  if (good_end < end) {  // so it ends at a hole: all in front of `end` is decoded
    return std::unexpected(behind->second.error);
  }
  set_piece(good_begin,
            {bytes_.get() + good_begin, static_cast<std::size_t>(good_end - good_begin)});
  return {};
}

}  // namespace casement::wim
