// SPDX-License-Identifier: Apache-2.0
// Any bytes as a compressed resource: u8 compression, table kind and chunk size, u24 plain size.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "vfs/source/memory_source.h"
#include "vfs/wim/resource.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): one target

/// Reads all of it at once and in small pieces. Aborts when that gives different bytes.
void read_twice(const ByteSource& source) {
  std::vector<std::byte> whole(static_cast<std::size_t>(source.size()));
  const bool sound = source.read(0, whole).has_value();
  constexpr std::size_t step = 5003;
  std::vector<std::byte> piece(step);
  for (std::size_t done = 0; done < whole.size(); done += step) {
    const auto out = std::span(piece).first(std::min(step, whole.size() - done));
    const bool read = source.read(done, out).has_value();
    if (sound && (!read || !std::equal(out.begin(), out.end(),
                                       whole.begin() + static_cast<std::ptrdiff_t>(done)))) {
      std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t head = 4;
  constexpr std::uint64_t max_plain_size = 400'000;  // more takes time and shows nothing new
  if (size < head) {
    return 0;
  }
  const Bytes in = std::as_bytes(std::span(data, size));
  wim::ResourceSpec spec;
  spec.format.compression = static_cast<wim::Compression>(data[0] & 3U);
  spec.format.table = static_cast<wim::ChunkTableKind>((data[0] >> 2U) % 3U);
  spec.format.chunk_size = 4096U << (data[0] >> 4U);
  spec.file = make_memory_source(to_vector(in.subspan(head)), "fuzz");
  spec.label = "resource";
  const std::uint64_t plain_size = (data[1] + data[2] * 256U + data[3] * 65536U) % max_plain_size;
  spec.location = {.offset = 0,
                   .stored_size = size - head,
                   .size = plain_size,
                   .flags = wim_layout::resource_flag::compressed};
  Limits limits;
  limits.max_table_size = 1U << 20;
  const auto source = wim::open_resource(spec, std::make_shared<wim::ReadState>(limits), limits);
  if (source) {
    read_twice(**source);
  }
  return 0;
}
