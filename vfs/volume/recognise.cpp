// SPDX-License-Identifier: Apache-2.0
// Asks one family of recognisers after the other.
#include "vfs/volume/recognise.h"

#include <algorithm>

#include "vfs/core/zero_fill.h"
#include "vfs/volume/bitlocker.h"
#include "vfs/volume/volume_head.h"

namespace casement {
namespace {

constexpr std::size_t sector_size = 512;
/// Up to and with the superblock of Btrfs, the last thing that anybody looks at.
constexpr std::size_t head_size = 0x11000;
/// File systems leave at most the first 64 KiB to others (Btrfs and UDF).
constexpr std::size_t empty_size = 0x10000;

Result<VolumeHead> read_head(const ByteSource& volume) {
  VolumeHead head;
  head.start.resize(std::min<std::uint64_t>(head_size, volume.size()));
  CASEMENT_TRY(volume.read(0, head.start));
  if (volume.size() >= sector_size) {
    head.last_sector.resize(sector_size);
    // The end of a damaged image may not be readable; the beginning still says what it is.
    if (!volume.read(volume.size() - sector_size, head.last_sector)) {
      head.last_sector.clear();
    }
  }
  return head;
}

bool is_empty(const VolumeHead& head) {
  return is_zero_filled(head.bytes(0, empty_size));
}

}  // namespace

Result<std::optional<RecognisedVolume>> recognise_volume(const ByteSource& volume) {
  const VolumeHead head = CASEMENT_TRY(read_head(volume));
  if (head.start.size() >= sector_size) {
    if (const auto bitlocker = read_bitlocker(volume, head.bytes(0, sector_size))) {
      return RecognisedVolume{"bitlocker", describe(*bitlocker, volume.size()), true};
    }
  }
  // The most certain first; ext and swap have their marks where others keep anything.
  for (const auto recognise : {&recognise_windows, &recognise_other, &recognise_linux}) {
    if (auto found = recognise(head)) {
      return found;
    }
  }
  if (is_empty(head)) {
    return RecognisedVolume{"empty", "nothing is stored at its beginning: not formatted", false};
  }
  return std::nullopt;
}

}  // namespace casement
