// SPDX-License-Identifier: Apache-2.0
// How large the medium is, and the chunks that it is stored in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement {

/// What a `volume`, `disk` or `data` section says. The medium is not empty, and its size and its
/// number of chunks follow from each other.
struct EwfGeometry {
  std::uint32_t bytes_per_sector = 0;     // not 0
  std::uint32_t chunk_size = 0;           // bytes; at least 512
  std::uint64_t media_size = 0;           // bytes; not 0
  std::uint64_t stored_chunk_count = 0;   // as it is written, right or wrong
  std::array<std::byte, 16> set_id = {};  // of the acquisition; zeros: not said
  bool is_smart = false;                  // the short form
  bool checksum_is_right = false;

  std::uint64_t chunk_count() const noexcept {
    return media_size / chunk_size + (media_size % chunk_size != 0 ? 1 : 0);
  }
  /// Bytes of the medium in this chunk. Precondition: chunk < chunk_count().
  std::uint64_t plain_size(std::uint64_t chunk) const noexcept {
    return chunk + 1 < chunk_count() ? chunk_size : media_size - chunk * chunk_size;
  }

  /// Both forms are taken, by their size. truncated: shorter than the short one. corrupt: values
  /// that no medium has.
  static Result<EwfGeometry> parse(Bytes body);
};

}  // namespace casement
