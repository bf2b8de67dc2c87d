// SPDX-License-Identifier: Apache-2.0
// Recognition by name, anchors by checksum and place.
#include "vfs/udf/udf_anchor.h"

#include <algorithm>
#include <array>
#include <optional>

#include "vfs/udf/udf_tag.h"

namespace casement {
namespace {

namespace layout = udf_layout;

/// Sectors are at least as large; so is each descriptor of a volume.
constexpr std::size_t descriptor_size = 512;

constexpr std::array<std::uint32_t, 7> sector_sizes{2048, 512, 4096, 1024, 8192, 16'384, 32'768};

bool is_known(std::string_view identifier) noexcept {
  constexpr std::array<std::string_view, 7> known{"CD001", "BEA01", "NSR02", "NSR03",
                                                  "TEA01", "BOOT2", "CDW02"};
  return std::ranges::find(known, identifier) != known.end();
}

/// The recognition sequence with structures of one size each.
Result<std::vector<std::string>> read_structures(const ByteSource& volume, std::uint64_t step) {
  constexpr std::uint64_t start = 32'768;
  constexpr std::size_t most = 64;  // a dozen is much
  std::vector<std::string> identifiers;
  while (identifiers.size() < most && in_range(volume.size(), start + identifiers.size() * step,
                                               sizeof(layout::VolumeStructure))) {
    std::array<std::byte, sizeof(layout::VolumeStructure)> raw{};
    CASEMENT_TRY(volume.read(start + identifiers.size() * step, raw));
    const auto structure =
        CASEMENT_TRY(load<layout::VolumeStructure>(raw, 0, "volume structure descriptor"));
    const std::string identifier(structure.identifier, sizeof(structure.identifier));
    if (!is_known(identifier)) {
      break;
    }
    identifiers.push_back(identifier);
  }
  return identifiers;
}

Result<std::optional<UdfAnchor>> read_anchor(const ByteSource& volume, std::uint32_t sector_size,
                                             std::uint64_t sector) {
  std::array<std::byte, descriptor_size> raw{};
  if (!in_range(volume.size(), sector * sector_size, raw.size())) {
    return std::optional<UdfAnchor>();
  }
  CASEMENT_TRY(volume.read(sector * sector_size, raw));
  const auto tag = expect_udf_tag(raw, layout::tag_id::anchor, "anchor");
  if (!tag || tag->location.value() != sector) {
    return std::optional<UdfAnchor>();  // the place tells the sector size
  }
  const auto anchor = CASEMENT_TRY(load<layout::Anchor>(raw, 0, "anchor"));
  return std::optional(UdfAnchor{sector_size,
                                 sector,
                                 {anchor.main.location.value(), anchor.main.length.value()},
                                 {anchor.reserve.location.value(), anchor.reserve.length.value()}});
}

}  // namespace

Result<std::vector<std::string>> read_recognition_sequence(const ByteSource& volume) {
  // Structures are 2048 bytes apart, or a sector where those are larger.
  auto identifiers = CASEMENT_TRY(read_structures(volume, 2048));
  if (!identifiers.empty() && !names_udf(identifiers)) {
    auto wider = CASEMENT_TRY(read_structures(volume, 4096));
    if (names_udf(wider)) {
      return wider;
    }
  }
  return identifiers;
}

bool names_udf(const std::vector<std::string>& identifiers) noexcept {
  return std::ranges::any_of(
      identifiers, [](const std::string& name) { return name == "NSR02" || name == "NSR03"; });
}

Result<std::vector<UdfAnchor>> find_udf_anchors(const ByteSource& volume) {
  std::optional<Error> error;
  for (const std::uint32_t size : sector_sizes) {
    const std::uint64_t count = volume.size() / size;
    std::vector<std::uint64_t> places{256};
    if (count > 257) {
      places.push_back(count - 1);
      places.push_back(count - 257);
    }
    places.push_back(512);
    std::vector<UdfAnchor> anchors;
    for (const std::uint64_t place : places) {
      auto anchor = read_anchor(volume, size, place);
      if (!anchor && !error) {
        error = std::move(anchor).error();
      }
      const bool again = std::ranges::any_of(
          anchors, [&](const UdfAnchor& other) { return other.sector == place; });
      if (anchor && *anchor && !again) {
        anchors.push_back(**anchor);
      }
    }
    if (!anchors.empty()) {
      return anchors;
    }
  }
  if (error) {
    return std::unexpected(*std::move(error));
  }
  return std::vector<UdfAnchor>();
}

}  // namespace casement
