// SPDX-License-Identifier: Apache-2.0
// A whole metadata resource in memory, decoded by several threads ahead of its reader.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/error.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

/// For passes over all entries. Decoding takes most of their time, and entries lie roughly in the
/// order in which a pass needs them: so the pass begins while the rest is still being decoded.
/// Pieces stay where they are: what at() gave is valid as long as this lives. What cannot be
/// decoded is an Error of the places that need it.
class LoadedMetadata final : public MetadataView {
 public:
  /// `threads` 0: one a processor, eight at most.
  explicit LoadedMetadata(SourcePtr source, unsigned threads = 0);
  ~LoadedMetadata() override;

 private:
  /// A part that cannot be read.
  struct Hole {
    std::uint64_t end = 0;
    Error error;
  };

  Result<void> load(std::uint64_t offset, std::uint64_t length) override;
  void work() noexcept;
  void read_segment(std::uint64_t segment);

  SourcePtr source_;
  std::unique_ptr<std::byte[]> bytes_;  // NOLINT: a vector would clear what is written at once
  std::uint64_t segment_count_;
  std::atomic<std::uint64_t> next_segment_ = 0;
  std::atomic<bool> stop_ = false;

  std::mutex mutex_;  // for what follows
  std::condition_variable progress_;
  std::vector<bool> done_;
  std::uint64_t done_in_front_ = 0;  // segments without a gap
  std::map<std::uint64_t, Hole> holes_;
  std::exception_ptr failure_;

  std::vector<std::thread> threads_;
};

}  // namespace casement::wim
