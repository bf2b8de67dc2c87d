// SPDX-License-Identifier: Apache-2.0
// libzstd behind one call; the only file that knows it.
#include "vfs/codec/zstd.h"

#include <fmt/format.h>
#include <zstd.h>

#include <memory>
#include <new>

namespace casement {
namespace {

struct FreeDecoder {
  void operator()(ZSTD_DCtx* decoder) const noexcept { ZSTD_freeDCtx(decoder); }
};

std::unexpected<Error> refuse(Bytes in, std::size_t done, std::size_t wanted, const char* reason) {
  return fail(Status::corrupt, fmt::format("zstd frames in {} bytes: {} after {} of {} plain bytes",
                                           in.size(), reason, done, wanted));
}

}  // namespace

Result<void> decompress_zstd_exactly(Bytes in, MutableBytes out) {
  if (out.empty()) {
    return {};
  }
  const std::unique_ptr<ZSTD_DCtx, FreeDecoder> decoder(ZSTD_createDCtx());
  if (!decoder) {
    throw std::bad_alloc();
  }
  std::size_t done = 0;
  Bytes rest = in;
  while (done < out.size()) {
    // Whole frames only: a streaming decoder would allocate the window that the frame asks for.
    const std::size_t frame = ZSTD_findFrameCompressedSize(rest.data(), rest.size());
    if (ZSTD_isError(frame) != 0) {
      return refuse(in, done, out.size(), ZSTD_getErrorName(frame));
    }
    const MutableBytes target = out.subspan(done);
    const std::size_t plain =
        ZSTD_decompressDCtx(decoder.get(), target.data(), target.size(), rest.data(), frame);
    if (ZSTD_isError(plain) != 0) {
      return refuse(in, done, out.size(), ZSTD_getErrorName(plain));
    }
    done += plain;
    rest = rest.subspan(frame);
  }
  return {};
}

}  // namespace casement
