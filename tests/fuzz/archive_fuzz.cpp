// SPDX-License-Identifier: Apache-2.0
// Any bytes as an archive: probe, open, walk, read.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/volume_walk.h"
#include "vfs/archive/open_archive.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  const SourcePtr source = make_memory_source({bytes.begin(), bytes.end()}, "fuzz");
  // Bombs are found by hand; here they would only take time.
  ArchiveOptions options;
  options.max_entries = 1000;
  options.free_unpacked = std::uint64_t{4} << 20;
  options.max_ratio = 100;
  options.max_member_in_memory = std::uint64_t{1} << 20;
  options.max_spilled = std::uint64_t{8} << 20;
  options.max_damaged_headers = 100;
  if (const auto archive = open_archive_with(source, options)) {
    fuzz::walk_volume(*archive);
  }
  return 0;
}
