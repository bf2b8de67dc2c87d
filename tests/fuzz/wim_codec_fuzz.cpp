// SPDX-License-Identifier: Apache-2.0
// Any bytes as a chunk of each codec. The first byte chooses the codec, the next two the plain
// size.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "vfs/codec/wim_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  constexpr std::uint32_t chunk_size = 65536;
  static const auto xpress = WimCodec::create(WimCompression::xpress, chunk_size);
  static const auto lzx = WimCodec::create(WimCompression::lzx, chunk_size);
  static const auto lzms = WimCodec::create(WimCompression::lzms, chunk_size);
  if (size < 3) {
    return 0;
  }
  const auto& codec = data[0] % 3 == 0 ? xpress : data[0] % 3 == 1 ? lzx : lzms;
  std::vector<std::byte> out(get_le<std::uint16_t>(std::as_bytes(std::span(data, size)), 1) + 1U);
  (void)(*codec)->decompress(std::as_bytes(std::span(data, size)).subspan(3), out);
  return 0;
}
