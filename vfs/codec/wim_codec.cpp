// SPDX-License-Identifier: Apache-2.0
// Who decodes which chunks: this project XPRESS and LZX, libwim LZMS.
#include "vfs/codec/wim_codec.h"

#include <fmt/format.h>

#include <bit>
#include <cassert>
#include <utility>

#include "vfs/codec/lzms_decoder.h"
#include "vfs/codec/lzx_decoder.h"
#include "vfs/codec/xpress_decoder.h"

namespace casement {
namespace {

/// The chunk sizes that a compression has, as powers of two.
struct Sizes {
  const char* name;
  unsigned min_order;
  unsigned max_order;
};

Sizes sizes_of(WimCompression compression) noexcept {
  switch (compression) {
    case WimCompression::xpress:
      return {"XPRESS", 12, 16};
    case WimCompression::lzx:
      return {"LZX", 15, 21};
    case WimCompression::lzms:
      break;
  }
  return {"LZMS", 15, 30};
}

}  // namespace

WimCodec::WimCodec(WimCompression compression, unsigned order)
    : compression_(compression), order_(order) {
  if (compression == WimCompression::lzms) {
    lzms_ = std::make_unique<LzmsDecoder>(std::uint32_t{1} << order);
  }
}

WimCodec::~WimCodec() = default;

Result<std::shared_ptr<const WimCodec>> WimCodec::create(WimCompression compression,
                                                         std::uint32_t max_chunk_size) {
  const Sizes sizes = sizes_of(compression);
  const auto order = static_cast<unsigned>(std::bit_width(max_chunk_size)) - 1U;
  if (!std::has_single_bit(max_chunk_size) || order < sizes.min_order || order > sizes.max_order) {
    return fail(Status::invalid_argument,
                fmt::format("{} chunks have a power of two from {} to {} bytes, not {}", sizes.name,
                            1U << sizes.min_order, 1U << sizes.max_order, max_chunk_size));
  }
  return std::shared_ptr<const WimCodec>(new WimCodec(compression, order));
}

Result<void> WimCodec::decompress(Bytes in, MutableBytes out) const {
  assert(out.size() <= std::size_t{1} << order_);
  if (out.empty()) {
    return {};
  }
  const auto result = [&] {
    switch (compression_) {
      case WimCompression::xpress:
        return decompress_xpress(in, out);
      case WimCompression::lzx:
        return decompress_lzx(order_, in, out);
      case WimCompression::lzms:
        break;
    }
    return lzms_->decompress(in, out);
  };
  return result().with_context([&] {
    return fmt::format("{} bytes are no {} chunk of {} plain bytes", in.size(),
                       sizes_of(compression_).name, out.size());
  });
}

}  // namespace casement
