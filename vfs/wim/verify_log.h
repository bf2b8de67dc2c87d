// SPDX-License-Identifier: Apache-2.0
// What a verification has found so far. Internal to it.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/core/error.h"
#include "vfs/wim/blob_table.h"
#include "vfs/wim/part_set.h"
#include "vfs/wim/verify.h"

namespace casement::wim {

/// A row of the blob table whose bytes are not what they should be.
struct RowDamage {
  std::uint32_t row = 0;
  std::optional<Sha1> found;
  Error error;
};

/// Many threads write it; it is read when they are done.
class VerifyLog {
 public:
  /// Damaged blobs that are told; of more there is the number alone.
  static constexpr std::size_t max_damage = 100'000;

  VerifyLog(const BlobTable& table, const PartSet& parts) : table_(table), parts_(parts) {}

  /// Compares the digest of a row's plain bytes.
  void add_digest(std::uint32_t row, const Sha1& found);
  /// The row's bytes cannot be read.
  void add_error(std::uint32_t row, const Error& error);
  void add_chunk(const DamagedChunk& chunk);
  /// Bytes that are done with, for progress.
  void add_done(std::uint64_t bytes) noexcept { done_.fetch_add(bytes, std::memory_order_relaxed); }
  std::uint64_t done() const noexcept { return done_.load(std::memory_order_relaxed); }

  /// Asks all threads to end.
  void stop() noexcept { stopped_.store(true, std::memory_order_relaxed); }
  bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }

  // After the threads.
  std::vector<RowDamage>& damage() noexcept { return damage_; }
  std::uint64_t damage_count() const noexcept { return damage_count_; }
  std::vector<DamagedChunk>& chunks() noexcept { return chunks_; }

 private:
  void add(std::uint32_t row, std::optional<Sha1> found, Error error);

  const BlobTable& table_;
  const PartSet& parts_;
  std::mutex mutex_;
  std::vector<RowDamage> damage_;
  std::uint64_t damage_count_ = 0;
  std::vector<DamagedChunk> chunks_;
  std::atomic<std::uint64_t> done_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace casement::wim
