// SPDX-License-Identifier: Apache-2.0
// The two entries of this folder.
#include "vfs/iso9660/open_iso9660.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "vfs/iso9660/iso9660_file_system.h"
#include "vfs/iso9660/iso9660_layout.h"
#include "vfs/iso9660/iso9660_volume.h"

namespace casement {

Result<bool> probe_iso9660(const ByteSource& volume) {
  namespace layout = iso9660_layout;
  constexpr std::uint64_t offset = std::uint64_t{layout::first_descriptor} * layout::sector_size;
  std::array<std::byte, sizeof(layout::DescriptorHead)> raw{};
  if (!in_range(volume.size(), offset, raw.size())) {
    return false;
  }
  CASEMENT_TRY(volume.read(offset, raw));
  const auto head = CASEMENT_TRY(load<layout::DescriptorHead>(raw, 0, "volume descriptor"));
  return std::string_view(head.identifier, sizeof(head.identifier)) == "CD001";
}

Result<FileSystemPtr> open_iso9660(SourcePtr volume, const Limits& limits) {
  const std::string name = volume->describe();
  auto opened = CASEMENT_TRY(Iso9660Volume::open(std::move(volume), limits).with_context([&] {
    return fmt::format("{}: ISO 9660 volume", name);
  }));
  return std::make_shared<Iso9660FileSystem>(std::move(opened));
}

}  // namespace casement
