// SPDX-License-Identifier: Apache-2.0
// Any bytes as an LZNT1 stream, into buffers that end in the middle of chunks.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "vfs/codec/lznt1.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes in = std::as_bytes(std::span(data, size));
  std::vector<std::byte> whole(std::size_t{64} << 10, std::byte{0xA5});
  const auto decoded = decompress_lznt1(in, whole);
  // What lies behind the decoded bytes must be zero, and a shorter buffer must get the same start.
  if (decoded && std::any_of(whole.begin() + static_cast<std::ptrdiff_t>(*decoded), whole.end(),
                             [](std::byte b) { return b != std::byte{0}; })) {
    std::abort();
  }
  std::vector<std::byte> part(size == 0 ? 1 : std::min<std::size_t>(size * 7 % 16411, 16384));
  const auto again = decompress_lznt1(in, part);
  if (again && !std::equal(part.begin(), part.end(), whole.begin())) {
    std::abort();
  }
  return 0;
}
