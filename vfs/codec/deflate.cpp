// SPDX-License-Identifier: Apache-2.0
// zlib behind one call; the only file that knows it.
#include "vfs/codec/deflate.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <limits>
#include <new>

namespace casement {
namespace {

/// Ends the stream on every way out.
class InflateStream {
 public:
  InflateStream() = default;
  InflateStream(const InflateStream&) = delete;
  InflateStream& operator=(const InflateStream&) = delete;
  ~InflateStream() { inflateEnd(&stream_); }

  z_stream& operator*() noexcept { return stream_; }
  z_stream* operator->() noexcept { return &stream_; }

 private:
  z_stream stream_ = {};
};

/// How far one call of inflate() came.
struct Progress {
  int outcome = Z_OK;
  std::size_t plain = 0;  // bytes written
  const char* message = nullptr;
};

std::unexpected<Error> bad_stream(Bytes in, const Progress& progress, const char* reason,
                                  std::size_t expected) {
  return fail(Status::corrupt,
              fmt::format("deflate stream of {} bytes: {} after {} of {} bytes", in.size(),
                          progress.message != nullptr ? progress.message : reason, progress.plain,
                          expected));
}

/// Precondition: `out` is not empty.
Result<Progress> inflate_once(DeflateFraming framing, Bytes in, MutableBytes out) {
  constexpr std::size_t most = std::numeric_limits<uInt>::max();
  if (in.size() > most || out.size() > most) {
    return fail(Status::limit_exceeded,
                fmt::format("deflate stream of {} bytes for {} plain bytes: at most {} are taken",
                            in.size(), out.size(), most));
  }
  InflateStream stream;
  // The largest window is right for every stream: smaller ones are part of it.
  if (inflateInit2(&*stream, framing == DeflateFraming::raw ? -MAX_WBITS : MAX_WBITS) != Z_OK) {
    throw std::bad_alloc();  // there is no other way for it to fail
  }
  // zlib does not write through next_in; its type is from before const.
  stream->next_in =
      const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in.data()));  // NOLINT: see above
  stream->avail_in = static_cast<uInt>(in.size());
  stream->next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT: bytes to bytes
  stream->avail_out = static_cast<uInt>(out.size());
  const int outcome = inflate(&*stream, Z_FINISH);
  if (outcome == Z_MEM_ERROR) {
    throw std::bad_alloc();
  }
  return Progress{outcome, out.size() - stream->avail_out, stream->msg};
}

}  // namespace

Result<void> inflate_exactly(DeflateFraming framing, Bytes in, MutableBytes out) {
  if (out.empty()) {
    return {};
  }
  const Progress progress = CASEMENT_TRY(inflate_once(framing, in, out));
  const bool ended = progress.outcome == Z_STREAM_END;
  if (progress.plain == out.size() && (ended || progress.outcome == Z_BUF_ERROR)) {
    return {};
  }
  return bad_stream(in, progress, ended ? "the stream ends early" : "the stream is cut short",
                    out.size());
}

Result<std::size_t> inflate_whole(DeflateFraming framing, Bytes in, MutableBytes out) {
  // zlib takes no output without a byte.
  std::array<std::byte, 1> none{};
  const Progress progress =
      CASEMENT_TRY(inflate_once(framing, in, out.empty() ? MutableBytes(none) : out));
  if (progress.outcome == Z_STREAM_END && progress.plain <= out.size()) {
    return progress.plain;
  }
  return bad_stream(in, progress,
                    progress.plain >= out.size() ? "the stream goes on" : "the stream is cut short",
                    out.size());
}

std::uint32_t adler32(Bytes data) noexcept {
  return static_cast<std::uint32_t>(
      ::adler32_z(1, reinterpret_cast<const Bytef*>(data.data()), data.size()));  // NOLINT: bytes
}

}  // namespace casement
