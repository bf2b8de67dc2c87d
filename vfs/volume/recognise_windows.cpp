// SPDX-License-Identifier: Apache-2.0
// ReFS, dynamic disks and members of storage pools.
#include <fmt/format.h>

#include <string>

#include "vfs/volume/boot_sector.h"
#include "vfs/volume/boot_sector_layout.h"
#include "vfs/volume/foreign_layout.h"
#include "vfs/volume/volume_head.h"
#include "vfs/volume/volume_text.h"

namespace casement {
namespace {

using namespace foreign_layout;
using namespace std::string_view_literals;

std::optional<RecognisedVolume> recognise_refs(const VolumeHead& head) {
  if (!head.has(3, "ReFS\0\0\0\0"sv) || !head.has(0x10, "FSRS")) {
    return std::nullopt;
  }
  const auto boot = load<boot_sector_layout::RefsBootSector>(head.start, 0, "ReFS boot sector");
  const std::string version =
      boot ? fmt::format(" {}.{}", boot->major_version, boot->minor_version) : "";
  return RecognisedVolume{"refs", fmt::format("ReFS{} volume: not supported yet", version), false};
}

std::optional<RecognisedVolume> recognise_ldm(const VolumeHead& head) {
  constexpr auto signature = "PRIVHEAD"sv;
  Bytes header;
  if (head.has(ldm_disk_header_at, signature)) {
    header = head.bytes(ldm_disk_header_at, 512);
  } else if (std::ranges::equal(std::as_bytes(std::span(signature)),
                                Bytes(head.last_sector)
                                    .first(std::min(signature.size(), head.last_sector.size())))) {
    header = head.last_sector;
  } else {
    return std::nullopt;
  }
  std::string group;
  if (in_range(header.size(), ldm_group_name_at, ldm_group_name_size)) {
    group = printable_text(header.subspan(ldm_group_name_at, ldm_group_name_size));
  }
  return RecognisedVolume{
      "ldm",
      fmt::format("part of a dynamic disk (LDM){}: not supported yet",
                  group.empty() ? "" : fmt::format(" of disk group \"{}\"", group)),
      false};
}

}  // namespace

std::optional<RecognisedVolume> recognise_windows(const VolumeHead& head) {
  if (auto refs = recognise_refs(head)) {
    return refs;
  }
  if (head.has(0, "SPACEDB ")) {
    return RecognisedVolume{"storage-spaces",
                            "member of a storage pool (Storage Spaces): not supported yet", false};
  }
  return recognise_ldm(head);
}

}  // namespace casement
