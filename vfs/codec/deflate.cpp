// SPDX-License-Identifier: Apache-2.0
// zlib behind one call; the only file that knows it.
#include "vfs/codec/deflate.h"

#include <fmt/format.h>
#include <zlib.h>

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

}  // namespace

Result<void> inflate_exactly(DeflateFraming framing, Bytes in, MutableBytes out) {
  constexpr std::size_t most = std::numeric_limits<uInt>::max();
  if (in.size() > most || out.size() > most) {
    return fail(Status::limit_exceeded,
                fmt::format("deflate stream of {} bytes for {} plain bytes: at most {} are taken",
                            in.size(), out.size(), most));
  }
  if (out.empty()) {
    return {};
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
  if (stream->avail_out == 0 && (outcome == Z_STREAM_END || outcome == Z_BUF_ERROR)) {
    return {};
  }
  const char* const reason = stream->msg != nullptr    ? stream->msg
                             : outcome == Z_STREAM_END ? "the stream ends early"
                                                       : "the stream is cut short";
  return fail(Status::corrupt, fmt::format("deflate stream of {} bytes: {} after {} of {} bytes",
                                           in.size(), reason, stream->total_out, out.size()));
}

}  // namespace casement
