// SPDX-License-Identifier: Apache-2.0
// Bytes of a metadata resource at an offset, a piece at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement::wim {

/// A piece of the metadata that is in memory, and the way to get another one. Belongs to one
/// thread.
class MetadataView {
 public:
  explicit MetadataView(std::uint64_t size) noexcept : size_(size) {}
  MetadataView(const MetadataView&) = delete;
  MetadataView& operator=(const MetadataView&) = delete;
  virtual ~MetadataView() = default;

  std::uint64_t size() const noexcept { return size_; }

  /// Valid until the next call. truncated: past the end of the metadata; `what` is named.
  Result<Bytes> at(std::uint64_t offset, std::uint64_t length, const char* what) {
    if (offset >= begin_ && in_range(piece_.size(), offset - begin_, length)) [[likely]] {
      return piece_.subspan(static_cast<std::size_t>(offset - begin_),
                            static_cast<std::size_t>(length));
    }
    return fetch(offset, length, what);
  }

 protected:
  void set_piece(std::uint64_t begin, Bytes piece) noexcept {
    begin_ = begin;
    piece_ = piece;
  }

 private:
  Result<Bytes> fetch(std::uint64_t offset, std::uint64_t length, const char* what);
  /// Makes a piece with this range the current one. Precondition: in_range(size(), offset, length).
  virtual Result<void> load(std::uint64_t offset, std::uint64_t length) = 0;

  std::uint64_t size_;
  std::uint64_t begin_ = 0;
  Bytes piece_;
};

/// Reads aligned windows of the resource, so that no more chunks are decoded than are asked for.
class MetadataWindow final : public MetadataView {
 public:
  /// What single entries need. Chunks are at least as large, so a window lies in one of them.
  static constexpr std::size_t entry_window = 4096;
  /// What directories are read by: the usual size of a chunk.
  static constexpr std::size_t directory_window = 32'768;

  /// Precondition: `window` is a power of two.
  explicit MetadataWindow(SourcePtr source, std::size_t window)
      : MetadataView(source->size()), source_(std::move(source)), window_(window) {}

 private:
  Result<void> load(std::uint64_t offset, std::uint64_t length) override;

  SourcePtr source_;
  std::uint64_t window_;
  std::vector<std::byte> buffer_;
};

}  // namespace casement::wim
