// SPDX-License-Identifier: Apache-2.0
// Any bytes as a FAT volume: open, walk, read.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/volume_walk.h"
#include "vfs/fat/open_fat.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  const SourcePtr source = make_memory_source({bytes.begin(), bytes.end()}, "fuzz");
  (void)probe_fat(*source);
  if (const auto volume = open_fat(source)) {
    fuzz::walk_volume(*volume);
  }
  return 0;
}
