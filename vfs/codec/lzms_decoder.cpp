// SPDX-License-Identifier: Apache-2.0
// libwim's LZMS decompressor; the only file that knows libwim.
#include "vfs/codec/lzms_decoder.h"

#include <wimlib.h>

#include <bit>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace casement {
namespace {

constexpr std::size_t min_chunk = 3;  // plain bytes

struct FreeDecompressor {
  void operator()(wimlib_decompressor* decompressor) const noexcept {
    wimlib_free_decompressor(decompressor);
  }
};
using Decompressor = std::unique_ptr<wimlib_decompressor, FreeDecompressor>;

}  // namespace

// libwim's codecs have no state outside a decompressor, and need no wimlib_global_init(): that sets
// up what reading whole WIMs takes, and would choose for others in this process.
struct LzmsDecoder::Pool {
  std::uint32_t max_chunk_size;
  std::mutex mutex = {};
  std::vector<Decompressor> idle = {};

  /// std::bad_alloc is the one way to fail.
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
    if (wimlib_create_decompressor(WIMLIB_COMPRESSION_TYPE_LZMS, max_chunk_size, &made) != 0) {
      throw std::bad_alloc();
    }
    return Decompressor(made);
  }

  void give_back(Decompressor decompressor) {
    const std::scoped_lock lock(mutex);
    idle.push_back(std::move(decompressor));
  }
};

LzmsDecoder::LzmsDecoder(std::uint32_t max_chunk_size)
    : pool_(std::make_unique<Pool>(max_chunk_size)) {}
LzmsDecoder::~LzmsDecoder() = default;

Result<void> LzmsDecoder::decompress(Bytes in, MutableBytes out) {
  // Chunks so small are always stored raw (packed, they take 4 bytes at least), and libwim 1.13
  // reads outside its tables when asked for them: it builds a code of fewer than two symbols.
  if (out.size() < min_chunk) {
    return fail(Status::corrupt, "so few are always stored as they are");
  }
  std::vector<std::byte> aligned;
  // Its decoder refuses input at an odd address, which a chunk of a file may well have.
  if (std::bit_cast<std::uintptr_t>(in.data()) % 2 != 0) {
    aligned.assign(in.begin(), in.end());
    in = aligned;
  }
  Decompressor decompressor = pool_->acquire();
  const int refused =
      wimlib_decompress(in.data(), in.size(), out.data(), out.size(), decompressor.get());
  pool_->give_back(std::move(decompressor));
  if (refused != 0) {
    return fail(Status::corrupt, "libwim refuses them");
  }
  return {};
}

}  // namespace casement
