// SPDX-License-Identifier: Apache-2.0
// Small VHDX images for the tests of this folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fixtures/build/disk/vhdx_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/container/vhd/disk_support.h"
#include "vfs/container/vhdx/vhdx_container.h"
#include "vfs/source/memory_source.h"

namespace casement::test {

inline constexpr std::uint64_t mib = 1U << 20;

/// Bytes that differ everywhere and are never 0.
inline fixture::ByteVector pattern(std::size_t size, unsigned seed) {
  fixture::ByteVector bytes(size);
  unsigned value = seed * 2654435761U;
  for (std::byte& byte : bytes) {
    value = value * 1664525U + 1013904223U;
    byte = static_cast<std::byte>((value >> 24) | 1U);
  }
  return bytes;
}

inline fixture::ByteVector filled(std::size_t size, int value) {
  return fixture::ByteVector(size, static_cast<std::byte>(value));
}

/// All bytes of a content.
inline fixture::ByteVector expected(const fixture::DiskContent& content) {
  fixture::ByteVector bytes(content.size);
  content.read(0, bytes);
  return bytes;
}

/// A plan with blocks of 1 MiB: the smallest that there are.
inline fixture::VhdxPlan small_plan(const std::string& seed = "vhdx") {
  fixture::VhdxPlan plan;
  plan.block_size = 1U << 20;
  plan.seed = seed;
  return plan;
}

inline SourcePtr as_source(fixture::ByteVector bytes) {
  return make_memory_source(std::move(bytes), "disk.vhdx");
}

inline Result<OpenedContainer> open_source(SourcePtr source, const Limits& limits = {}) {
  MemoryFolder folder;
  folder.add("disk.vhdx", std::move(source));
  return open_vhdx(folder.file("disk.vhdx"), make_context(limits));
}

/// The image with some bytes changed, checksums mended.
inline fixture::ByteVector with_bytes(fixture::ByteVector image, std::uint64_t offset,
                                      const fixture::ByteVector& bytes) {
  fixture::put_bytes(image, offset, bytes);
  fixture::fix_vhdx_checksums(image);
  return image;
}

}  // namespace casement::test
