// SPDX-License-Identifier: Apache-2.0
// Reading a file of an image whole, or through a digest.
#include "engine/inspect/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace casement {
namespace {

/// Large enough that the image is read in few calls, small enough to stay in the processor's cache.
constexpr std::size_t piece_size = std::size_t{256} << 10U;

}  // namespace

Result<std::vector<std::byte>> read_all(const ByteSource& source, std::uint64_t max_size) {
  if (source.size() > max_size) {
    return fail(Status::limit_exceeded,
                fmt::format("{} bytes, more than the {} that are read", source.size(), max_size));
  }
  std::vector<std::byte> bytes(static_cast<std::size_t>(source.size()));
  CASEMENT_TRY(source.read(0, bytes));
  return bytes;
}

Result<std::vector<std::byte>> digest_of(const ByteSource& source, DigestKind kind,
                                         const std::function<Result<void>()>& go_on) {
  Digest digest(kind);
  std::vector<std::byte> piece(
      static_cast<std::size_t>(std::min<std::uint64_t>(piece_size, source.size())));
  for (std::uint64_t at = 0; at < source.size(); at += piece.size()) {
    CASEMENT_TRY(go_on());
    const auto length =
        static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), source.size() - at));
    const MutableBytes part = std::span(piece).first(length);
    CASEMENT_TRY(source.read(at, part));
    digest.update(part);
  }
  return digest.finish();
}

}  // namespace casement
