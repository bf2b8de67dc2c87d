// SPDX-License-Identifier: Apache-2.0
// Pieces in a sorted map; reads that touch none cost one look-up.
#include "vfs/container/vhdx/overlay_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "vfs/container/sector_bitmap.h"
#include "vfs/core/zero_fill.h"

namespace casement {

void Overlay::put(std::uint64_t start, Piece piece) {
  if (piece.end == start) {
    return;
  }
  auto at = pieces_.lower_bound(start);
  if (at != pieces_.begin()) {
    const auto before = std::prev(at);
    if (before->second.end > start) {
      Piece rest = before->second;
      before->second.end = start;
      if (rest.end > piece.end) {
        rest.skip += static_cast<std::size_t>(rest.bytes ? piece.end - before->first : 0);
        at = pieces_.emplace(piece.end, std::move(rest)).first;
      }
    }
  }
  while (at != pieces_.end() && at->first < piece.end) {
    Piece covered = std::move(at->second);
    const std::uint64_t covered_start = at->first;
    at = pieces_.erase(at);
    if (covered.end > piece.end) {
      covered.skip += static_cast<std::size_t>(covered.bytes ? piece.end - covered_start : 0);
      at = pieces_.emplace(piece.end, std::move(covered)).first;
    }
  }
  pieces_.emplace(start, std::move(piece));
}

void Overlay::write(std::uint64_t offset, std::vector<std::byte> bytes) {
  const std::uint64_t end = offset + bytes.size();
  put(offset, {end, std::make_shared<const std::vector<std::byte>>(std::move(bytes)), 0});
}

void Overlay::write_zeros(std::uint64_t offset, std::uint64_t length) {
  put(offset, {offset + length, nullptr, 0});
}

class OverlaySource final : public ByteSource {
 public:
  OverlaySource(SourcePtr base, Overlay overlay, std::uint64_t size)
      : base_(std::move(base)), overlay_(std::move(overlay)), size_(size) {}

  std::uint64_t size() const noexcept override { return size_; }
  std::string describe() const override { return base_->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    auto piece = overlay_.pieces_.upper_bound(offset);
    if (piece != overlay_.pieces_.begin() && std::prev(piece)->second.end > offset) {
      --piece;
    }
    while (!out.empty()) {
      const bool beyond = piece == overlay_.pieces_.end();
      if (beyond || piece->first > offset) {
        const std::uint64_t gap = beyond ? out.size() : piece->first - offset;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(gap, out.size()));
        CASEMENT_TRY(read_or_zero(*base_, offset, out.first(count)));
        out = out.subspan(count);
        offset += count;
        continue;
      }
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(piece->second.end - offset, out.size()));
      copy(piece->first, piece->second, offset, out.first(count));
      out = out.subspan(count);
      offset += count;
      ++piece;
    }
    return {};
  }

  static void copy(std::uint64_t start, const Overlay::Piece& piece, std::uint64_t offset,
                   MutableBytes out) {
    if (!piece.bytes) {
      zero_fill(out);
      return;
    }
    const std::size_t from = piece.skip + static_cast<std::size_t>(offset - start);
    std::memcpy(out.data(), piece.bytes->data() + from, out.size());
  }

  SourcePtr base_;
  Overlay overlay_;
  std::uint64_t size_;
};

SourcePtr make_overlay_source(SourcePtr base, Overlay overlay, std::uint64_t size) {
  size = std::max(size, base->size());
  return std::make_shared<OverlaySource>(std::move(base), std::move(overlay), size);
}

}  // namespace casement
