// SPDX-License-Identifier: Apache-2.0
// Built VMDKs in a folder in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/disk/vmdk_builder.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"
#include "vfs/container/vmdk/open_vmdk.h"

namespace casement::test {

namespace fx = casement::fixture;

inline constexpr std::size_t grain_size = 4096;

inline fx::VmdkGrain data_grain(std::uint32_t seed) {
  return {fx::VmdkGrainKind::data, pattern(grain_size, seed)};
}

inline fx::VmdkGrain absent_grain() {
  return {};
}
inline fx::VmdkGrain zero_grain() {
  return {fx::VmdkGrainKind::zero};
}

/// data, absent, data, data.
inline std::vector<fx::VmdkGrain> some_grains() {
  return {data_grain(1), absent_grain(), data_grain(3), data_grain(4)};
}

inline ByteVector some_disk() {
  return join({pattern(grain_size, 1), ByteVector(grain_size), pattern(grain_size, 3),
               pattern(grain_size, 4)});
}

inline std::string descriptor_of(const std::vector<std::string>& extents,
                                 const std::string& create_type = "monolithicSparse") {
  return fx::build_vmdk_descriptor({.create_type = create_type, .extents = extents});
}

/// A monolithicSparse image with its descriptor.
inline ByteVector monolithic(fx::VmdkOptions options = {}) {
  options.descriptor = descriptor_of({"RW 32 SPARSE \"renamed.vmdk\""});
  return fx::build_vmdk_hosted(options, some_grains());
}

inline ByteVector to_bytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// Opens "disk.vmdk" of a folder in memory.
struct VmdkFolder {
  explicit VmdkFolder(MemoryFolder::Files files, const Limits& limits = {})
      : folder(std::make_shared<MemoryFolder>(std::move(files))),
        opener(std::vector<ContainerFormat>{vmdk_format}, limits) {}
  explicit VmdkFolder(ByteVector image)
      : VmdkFolder(MemoryFolder::Files{{"disk.vmdk", std::move(image)}}) {}

  Result<OpenedContainer> open() const { return opener.open(folder, "disk.vmdk"); }

  ImageFolderPtr folder;
  DiskOpener opener;
};

}  // namespace casement::test
