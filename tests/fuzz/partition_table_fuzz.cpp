// SPDX-License-Identifier: Apache-2.0
// Any bytes as a disk.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "vfs/source/memory_source.h"
#include "vfs/volume/partition.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const SourcePtr disk = make_memory_source({bytes.begin(), bytes.end()}, "disk");
  for (const auto sector_size : {std::optional<std::uint32_t>{}, std::optional{4096U}}) {
    const auto table = read_partition_table(disk, sector_size, {});
    if (!table) {
      std::abort();  // memory can always be read
    }
    std::uint32_t number = 0;
    for (const Partition& partition : table->partitions) {
      const bool in_order = partition.number > number;
      const bool fits =
          !partition.bytes || (partition.bytes->size() <= partition.size &&
                               in_range(size, partition.offset, partition.bytes->size()));
      if (!in_order || !fits || partition.size == 0) {
        std::abort();
      }
      number = partition.number;
    }
  }
  return 0;
}
