// SPDX-License-Identifier: Apache-2.0
// The bytes that recognisers look at.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/volume/recognise.h"

namespace casement {

/// The beginning and the last sector of a volume, read once.
struct VolumeHead {
  std::vector<std::byte> start;        // 68 KiB, or the whole volume
  std::vector<std::byte> last_sector;  // 512 bytes, or none

  /// Whether the volume has `text` there; false where it ends before.
  bool has(std::size_t offset, std::string_view text) const {
    return in_range(start.size(), offset, text.size()) &&
           std::ranges::equal(std::as_bytes(std::span(text)),
                              Bytes(start).subspan(offset, text.size()));
  }
  /// As much as there is of `size` bytes.
  Bytes bytes(std::size_t offset, std::size_t size) const {
    const Bytes all = start;
    return offset >= all.size() ? Bytes{}
                                : all.subspan(offset, std::min(size, all.size() - offset));
  }
};

/// Each knows a family; nullopt: none of it.
std::optional<RecognisedVolume> recognise_linux(const VolumeHead& head);
std::optional<RecognisedVolume> recognise_windows(const VolumeHead& head);
std::optional<RecognisedVolume> recognise_other(const VolumeHead& head);

}  // namespace casement
