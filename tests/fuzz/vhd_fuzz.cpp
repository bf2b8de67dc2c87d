// SPDX-License-Identifier: Apache-2.0
// Two VHDs: u32 size of the first, the first, and the file that it finds as its parent.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/disk_read.h"
#include "vfs/container/vhd/vhd_container.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  if (bytes.size() < 4) {
    return 0;
  }
  const auto files = bytes.subspan(4);
  const std::size_t cut = std::min<std::size_t>(get_le<std::uint32_t>(bytes, 0), files.size());
  const auto source = [](Bytes part) {
    return make_memory_source({part.begin(), part.end()}, "fuzz");
  };
  fuzz::open_and_read(source(files.first(cut)), source(files.subspan(cut)), open_vhd);
  return 0;
}
