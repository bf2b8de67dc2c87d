// SPDX-License-Identifier: Apache-2.0
// XPRESS, LZX and LZMS through libwim's decompressors.
#include "vfs/codec/wim_codec.h"

#include <fmt/format.h>
#include <wimlib.h>

#include <bit>
#include <cassert>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace casement {
namespace {

constexpr std::size_t min_lzms_chunk = 3;  // plain bytes

struct FreeDecompressor {
  void operator()(wimlib_decompressor* decompressor) const noexcept {
    wimlib_free_decompressor(decompressor);
  }
};
using Decompressor = std::unique_ptr<wimlib_decompressor, FreeDecompressor>;

/// One compression: libwim's number for it and the chunk sizes that it has (as powers of two).
struct Kind {
  const char* name;
  wimlib_compression_type type;
  int min_order;
  int max_order;
};

Kind kind_of(WimCompression compression) noexcept {
  switch (compression) {
    case WimCompression::xpress:
      return {"XPRESS", WIMLIB_COMPRESSION_TYPE_XPRESS, 12, 16};
    case WimCompression::lzx:
      return {"LZX", WIMLIB_COMPRESSION_TYPE_LZX, 15, 21};
    case WimCompression::lzms:
      break;
  }
  return {"LZMS", WIMLIB_COMPRESSION_TYPE_LZMS, 15, 30};
}

}  // namespace

// libwim's codecs have no state outside a decompressor, and need no wimlib_global_init(): that sets
// up what reading whole WIMs takes, and would choose for others in this process.
struct WimCodec::Pool {
  Kind kind;
  std::uint32_t max_chunk_size;
  std::mutex mutex;
  std::vector<Decompressor> idle;

  Pool(Kind compression, std::uint32_t chunk_size)
      : kind(compression), max_chunk_size(chunk_size) {}

  /// std::bad_alloc is the one way to fail: the parameters were checked by create().
  Decompressor acquire() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        Decompressor last = std::move(idle.back());
        idle.pop_back();
        return last;
      }
    }
    wimlib_decompressor* made = nullptr;
    if (wimlib_create_decompressor(kind.type, max_chunk_size, &made) != 0) {
      throw std::bad_alloc();
    }
    return Decompressor(made);
  }

  void give_back(Decompressor decompressor) {
    const std::scoped_lock lock(mutex);
    idle.push_back(std::move(decompressor));
  }
};

WimCodec::WimCodec(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
WimCodec::~WimCodec() = default;

Result<std::shared_ptr<const WimCodec>> WimCodec::create(WimCompression compression,
                                                         std::uint32_t max_chunk_size) {
  const Kind kind = kind_of(compression);
  const auto order = static_cast<int>(std::bit_width(max_chunk_size)) - 1;
  if (!std::has_single_bit(max_chunk_size) || order < kind.min_order || order > kind.max_order) {
    return fail(Status::invalid_argument,
                fmt::format("{} chunks have a power of two from {} to {} bytes, not {}", kind.name,
                            1U << kind.min_order, 1U << kind.max_order, max_chunk_size));
  }
  auto pool = std::make_unique<Pool>(kind, max_chunk_size);
  return std::shared_ptr<const WimCodec>(new WimCodec(std::move(pool)));
}

Result<void> WimCodec::decompress(Bytes in, MutableBytes out) const {
  assert(out.size() <= pool_->max_chunk_size);
  if (out.empty()) {
    return {};
  }
  const auto no_chunk = [&] {
    return fail(Status::corrupt, fmt::format("{} bytes are no {} chunk of {} plain bytes",
                                             in.size(), pool_->kind.name, out.size()));
  };
  std::vector<std::byte> aligned;
  if (pool_->kind.type == WIMLIB_COMPRESSION_TYPE_LZMS) {
    // Chunks so small are always stored raw (packed, they take 4 bytes at least), and libwim 1.13
    // reads outside its tables when asked for them: it builds a code of fewer than two symbols.
    if (out.size() < min_lzms_chunk) {
      return no_chunk();
    }
    // Its decoder refuses input at an odd address, which a chunk of a file may well have.
    if (std::bit_cast<std::uintptr_t>(in.data()) % 2 != 0) {
      aligned.assign(in.begin(), in.end());
      in = aligned;
    }
  }
  Decompressor decompressor = pool_->acquire();
  const int refused =
      wimlib_decompress(in.data(), in.size(), out.data(), out.size(), decompressor.get());
  pool_->give_back(std::move(decompressor));
  if (refused != 0) {
    return no_chunk();
  }
  return {};
}

}  // namespace casement
