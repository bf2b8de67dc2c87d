// SPDX-License-Identifier: Apache-2.0
// Making codecs.
#include "vfs/wim/read_state.h"

#include <algorithm>

namespace casement::wim {
namespace {

WimCompression codec_of(Compression compression) noexcept {
  switch (compression) {
    case Compression::xpress:
      return WimCompression::xpress;
    case Compression::lzx:
      return WimCompression::lzx;
    case Compression::none:
    case Compression::lzms:
      break;
  }
  return WimCompression::lzms;
}

}  // namespace

Result<CodecPtr> Codecs::get(Compression compression, std::uint32_t chunk_size) {
  if (compression == Compression::none) {
    return CodecPtr();
  }
  const std::scoped_lock lock(mutex_);
  const auto known = std::ranges::find_if(known_, [&](const Known& one) {
    return one.compression == compression && one.chunk_size == chunk_size;
  });
  if (known != known_.end()) {
    return known->codec;
  }
  auto codec = WimCodec::create(codec_of(compression), chunk_size);
  if (!codec) {
    return fail(Status::unsupported, codec.error().message());
  }
  known_.push_back({compression, chunk_size, *codec});
  return *std::move(codec);
}

}  // namespace casement::wim
