// SPDX-License-Identifier: Apache-2.0
// Any bytes as a compound file, and as a patch.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "engine/inspect/msi_patch_file.h"
#include "engine/servicing/compound_file.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  const SourcePtr source = make_memory_source({bytes.begin(), bytes.end()}, "fuzz");
  const auto file = CompoundFile::open(source);
  if (!file) {
    return 0;
  }
  constexpr std::uint64_t limit = 1U << 20U;
  for (const CompoundFile::Stream& stream : file->streams()) {
    const auto read = file->read(stream.name, limit);
    if (read && *read && (*read)->size() > limit) {
      std::abort();  // the limit holds
    }
  }
  (void)read_msi_patch_file(source);
  return 0;
}
