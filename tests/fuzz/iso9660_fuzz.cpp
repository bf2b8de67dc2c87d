// SPDX-License-Identifier: Apache-2.0
// Any bytes behind the system area as an ISO 9660 volume: open, walk, read; and its boot catalog.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/volume_walk.h"
#include "vfs/iso9660/el_torito.h"
#include "vfs/iso9660/open_iso9660.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  constexpr std::size_t system_area = 32'768;
  std::vector<std::byte> bytes(system_area);
  const auto input = std::as_bytes(std::span(data, size));
  bytes.insert(bytes.end(), input.begin(), input.end());
  const SourcePtr source = make_memory_source(std::move(bytes), "fuzz");
  (void)probe_iso9660(*source);
  (void)read_boot_catalog(*source);
  if (const auto volume = open_iso9660(source)) {
    fuzz::walk_volume(*volume);
  }
  return 0;
}
