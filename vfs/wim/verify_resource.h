// SPDX-License-Identifier: Apache-2.0
// Verifying one resource in pieces: decoded by many threads, hashed in order. Internal to verify().
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/wim/buffer_pool.h"
#include "vfs/wim/byte_budget.h"
#include "vfs/wim/verify_plan.h"
#include "vfs/wim/verify_window.h"

namespace casement::wim {

/// Plain bytes that a task decodes, when chunks are not larger.
inline constexpr std::uint32_t verify_piece_size = 512U << 10;

/// Some consecutive chunks of a resource.
struct ResourcePiece {
  std::uint64_t number = 0;  // from 0, without a gap
  std::uint64_t first_chunk = 0;
  std::uint64_t chunk_count = 0;
  std::uint64_t offset = 0;  // in the plain bytes
  std::uint64_t size = 0;    // plain
  // Where it lies in the file; stored_size is 0 when it cannot be read, as `error` says.
  std::uint64_t stored_offset = 0;
  std::uint64_t stored_size = 0;
  std::optional<Error> error;
  WindowPtr window;          // covers the stored bytes
  ByteBudget::Share memory;  // of the plain bytes
};

/// The check of one resource. Its reader calls next_piece() from one thread; check() may be called
/// from any. A blob inside a piece is hashed where that is decoded, at once; the bytes of one that
/// lies in several pieces are hashed by whoever has the next of them, while the others wait. So a
/// piece waits only for pieces that were handed out before it.
class ResourceCheck {
 public:
  /// Reads the chunk table. `blobs` outlive it, as `log` and `pool` do.
  static Result<std::shared_ptr<ResourceCheck>> make(const PlannedResource& resource,
                                                     std::span<const PlannedBlob> blobs,
                                                     const OpenedWim& file, VerifyLog& log,
                                                     BufferPool& pool);

  /// nullopt: that was the last one. Without window and memory.
  std::optional<ResourcePiece> next_piece();

  /// Bytes of memory that the plain bytes of a piece take besides its window.
  std::uint64_t memory_of(const ResourcePiece& piece) const noexcept {
    return chunked_ && !piece.error ? piece.size : 0;
  }

  void check(ResourcePiece piece);

 private:
  /// Plain bytes that could not be read.
  struct BadRange {
    std::uint64_t offset = 0;
    std::uint64_t end = 0;
    Error error;
  };
  /// A piece that waits for its turn. What is not needed for its bytes is empty.
  struct PlainPiece {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    Bytes bytes;  // `size` of them, or none when all are bad
    std::vector<BadRange> bad;
    WindowPtr window;
    BufferPool::Buffer buffer;
    ByteBudget::Share memory;

    std::uint64_t end() const noexcept { return offset + size; }
    bool holds(const PlannedBlob& blob) const noexcept {
      return blob.offset >= offset && blob.end() <= end();
    }
    /// What makes the blob's part of this piece unreadable; nullptr: nothing.
    const BadRange* bad_part_of(const PlannedBlob& blob) const noexcept;
  };

  ResourceCheck(const PlannedResource& resource, std::span<const PlannedBlob> blobs, VerifyLog& log,
                BufferPool& pool);

  Result<ChunkPlace> find_chunk(std::uint64_t index) const;
  std::uint32_t plain_size(std::uint64_t index) const noexcept;
  void decode(const ResourcePiece& piece, PlainPiece& plain) const;
  void hash_inside(const PlainPiece& plain) const;
  void submit(std::uint64_t number, PlainPiece plain);
  void hash_across(const PlainPiece& plain);
  /// The verdict on all blobs of one place from blobs_[first] on; gives the first one behind them.
  std::size_t finish(std::size_t first, const Sha1* found, const Error* error) const;

  ResourceSpec spec_;
  std::span<const PlannedBlob> blobs_;
  VerifyLog& log_;
  BufferPool& pool_;
  bool chunked_ = true;
  ChunkLayout layout_;
  CodecPtr codec_;
  std::vector<std::byte> offsets_;
  // next_piece()
  std::uint64_t next_number_ = 0;
  std::uint64_t next_chunk_ = 0;

  std::mutex mutex_;
  std::map<std::uint64_t, PlainPiece> waiting_;  // by number
  std::uint64_t turn_ = 0;                       // the number of the piece that is next
  bool hashing_ = false;                         // somebody is in hash_across()
  // Belong to whoever is hashing.
  std::size_t next_blob_ = 0;
  Digest digest_{DigestKind::sha1};
  std::optional<Error> blob_error_;
};

/// A digest as blob tables have it.
Sha1 finish_sha1(Digest& digest);

}  // namespace casement::wim
