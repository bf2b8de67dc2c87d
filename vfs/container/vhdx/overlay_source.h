// SPDX-License-Identifier: Apache-2.0
// A source with changes laid over it, as if they had been written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "vfs/core/byte_source.h"

namespace casement {

/// Changes in the order in which they are made: later ones cover earlier ones.
class Overlay {
 public:
  /// An empty range changes nothing. Precondition: offset + bytes.size() fits 64 bits.
  void write(std::uint64_t offset, std::vector<std::byte> bytes);
  void write_zeros(std::uint64_t offset, std::uint64_t length);

  bool empty() const noexcept { return pieces_.empty(); }

 private:
  friend SourcePtr make_overlay_source(SourcePtr, Overlay, std::uint64_t);
  friend class OverlaySource;

  /// Bytes up to `end`; zeros when `bytes` is null, else from bytes[skip] on.
  struct Piece {
    std::uint64_t end = 0;
    std::shared_ptr<const std::vector<std::byte>> bytes;
    std::size_t skip = 0;
  };

  void put(std::uint64_t start, Piece piece);

  std::map<std::uint64_t, Piece> pieces_;  // by start; they do not overlap
};

/// `base` with the overlay over it, `size` bytes or as many as the base has, whichever is more.
/// What neither holds is zeros.
SourcePtr make_overlay_source(SourcePtr base, Overlay overlay, std::uint64_t size);

}  // namespace casement
