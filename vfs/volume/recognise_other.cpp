// SPDX-License-Identifier: Apache-2.0
// Apple's file systems and optical media.
#include <fmt/format.h>

#include <string>

#include "vfs/volume/foreign_layout.h"
#include "vfs/volume/volume_head.h"
#include "vfs/volume/volume_text.h"

namespace casement {
namespace {

using namespace foreign_layout;
using namespace std::string_view_literals;

RecognisedVolume apple_volume(const char* type, const char* what) {
  return {type, fmt::format("{}, which holds no Windows and is not opened", what), false};
}

/// Media that carry both are UDF to Windows.
std::optional<RecognisedVolume> recognise_optical(const VolumeHead& head) {
  bool is_iso = false;
  for (std::size_t i = 0; i < optical_descriptor_count; ++i) {
    const std::size_t name = optical_descriptors_at + i * optical_descriptor_size + 1;
    if (head.has(name, "NSR02") || head.has(name, "NSR03")) {
      return RecognisedVolume{"udf", "UDF volume that cannot be opened here", false};
    }
    is_iso = is_iso || head.has(name, "CD001");
  }
  if (!is_iso) {
    return std::nullopt;
  }
  std::string label =
      printable_text(head.bytes(optical_descriptors_at + iso_label_at, iso_label_size));
  label.resize(label.find_last_not_of(' ') + 1);
  return RecognisedVolume{"iso9660",
                          fmt::format("ISO 9660 volume{} that cannot be opened here",
                                      label.empty() ? "" : fmt::format(" \"{}\"", label)),
                          false};
}

}  // namespace

std::optional<RecognisedVolume> recognise_other(const VolumeHead& head) {
  if (head.has(32, "NXSB")) {
    return apple_volume("apfs", "Apple file system (APFS)");
  }
  // Two letters are little: the version behind them (big-endian 4 and 5) counts too.
  if (head.has(0x400, "H+\0\x04"sv) || head.has(0x400, "HX\0\x05"sv)) {
    return apple_volume("hfsplus", "Apple file system (HFS+)");
  }
  return recognise_optical(head);
}

}  // namespace casement
