// SPDX-License-Identifier: Apache-2.0
// Any bytes as a chunk of each codec; XPRESS and LZX with libwim beside them. The first byte
// chooses the codec and its chunk size, the next two the plain size.
#include <wimlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "vfs/codec/wim_codec.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a program

/// One codec and libwim's.
struct Pair {
  std::shared_ptr<const WimCodec> codec;
  wimlib_decompressor* peer = nullptr;
  std::uint32_t chunk_size = 0;
};

Pair make_pair(WimCompression compression, wimlib_compression_type type, std::uint32_t chunk_size) {
  Pair pair;
  pair.codec = *WimCodec::create(compression, chunk_size);
  pair.chunk_size = chunk_size;
  if (wimlib_create_decompressor(type, chunk_size, &pair.peer) != 0) {
    std::abort();
  }
  return pair;
}

const Pair& choose(unsigned number) {
  static const std::array<Pair, 5> xpress = [] {
    std::array<Pair, 5> pairs;
    for (unsigned i = 0; i < pairs.size(); ++i) {
      pairs[i] = make_pair(WimCompression::xpress, WIMLIB_COMPRESSION_TYPE_XPRESS, 65536U >> i);
    }
    return pairs;
  }();
  static const std::array<Pair, 7> lzx = [] {
    std::array<Pair, 7> pairs;
    for (unsigned i = 0; i < pairs.size(); ++i) {
      const unsigned order = 15 + (i + 1) % 7;
      pairs[i] = make_pair(WimCompression::lzx, WIMLIB_COMPRESSION_TYPE_LZX, 1U << order);
    }
    return pairs;
  }();
  static const Pair lzms =
      make_pair(WimCompression::lzms, WIMLIB_COMPRESSION_TYPE_LZMS, std::uint32_t{65536});
  const unsigned variant = number / 3;
  return number % 3 == 0   ? xpress.at(variant % xpress.size())
         : number % 3 == 1 ? lzx.at(variant % lzx.size())
                           : lzms;
}

/// The one thing that libwim accepts and this project does not: see vfs/codec/README.md.
bool is_stricter(const Error& error) {
  return error.message().find("a run of") != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) {
    return 0;
  }
  const Pair& pair = choose(data[0]);
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const std::size_t plain_size =
      std::min<std::size_t>(get_le<std::uint16_t>(bytes, 1) + 1U, pair.chunk_size);
  // A copy: sanitizers see reads outside of it.
  const std::vector<std::byte> in(bytes.begin() + 3, bytes.end());
  std::vector<std::byte> out(plain_size);
  const Result<void> result = pair.codec->decompress(in, out);
  if (data[0] % 3 == 2) {
    return 0;  // LZMS is libwim's own
  }
  std::vector<std::byte> expected(plain_size);
  const bool accepted =
      wimlib_decompress(in.data(), in.size(), expected.data(), expected.size(), pair.peer) == 0;
  if (accepted ? (result ? out != expected : !is_stricter(result.error())) : result.has_value()) {
    std::abort();
  }
  return 0;
}
