// SPDX-License-Identifier: Apache-2.0
// Parts of tables through the cache.
#include "vfs/container/piece_reader.h"

#include <fmt/format.h>

#include <vector>

namespace casement {

Result<BlockPtr> read_cached(BlockCache& cache, std::uint64_t owner, const ByteSource& file,
                             std::uint64_t offset, std::uint64_t size) {
  if (!in_range(file.size(), offset, size)) {
    return fail(Status::truncated, fmt::format("table at 0x{:x} of {} bytes: {} ends at 0x{:x}",
                                               offset, size, file.describe(), file.size()));
  }
  struct Range {
    const ByteSource& file;
    std::uint64_t offset;
    std::uint64_t size;
  };
  const Range range{file, offset, size};
  return cache.get({owner, offset}, [&range]() -> Result<std::vector<std::byte>> {
    std::vector<std::byte> bytes(static_cast<std::size_t>(range.size));
    CASEMENT_TRY(range.file.read(range.offset, bytes));
    return bytes;
  });
}

}  // namespace casement
