// SPDX-License-Identifier: Apache-2.0
// Opens fuzzed bytes as a disk image and reads here and there.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/memory_folder.h"

namespace casement::fuzz {

/// The input is "image" in a folder where "base" lies as well, so that chains end or loop.
inline void open_and_read(const ContainerFormat& format, std::span<const std::byte> input) {
  const std::vector<std::byte> bytes(input.begin(), input.end());
  const auto folder = std::make_shared<test::MemoryFolder>(
      test::MemoryFolder::Files{{"image", bytes}, {"base", std::vector<std::byte>(3000)}});
  Limits limits;
  limits.max_parent_chain = 4;
  limits.max_segments = 64;
  limits.max_table_size = std::uint64_t{1} << 20;
  const test::DiskOpener opener({format}, limits);
  const auto opened = opener.open(folder, "image");
  if (!opened) {
    return;
  }
  const ByteSource& disk = *opened->disk;
  std::array<std::byte, 6000> out{};
  constexpr std::uint64_t places = 16;
  for (std::uint64_t i = 0; i <= places; ++i) {
    const std::uint64_t offset = disk.size() / places * i;
    const std::uint64_t left = disk.size() - std::min(offset, disk.size());
    (void)disk.read(
        offset,
        std::span(out).first(static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left))));
  }
}

}  // namespace casement::fuzz
