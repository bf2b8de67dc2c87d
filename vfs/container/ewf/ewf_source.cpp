// SPDX-License-Identifier: Apache-2.0
// From an offset of the medium to a chunk, and from the chunk to its bytes.
#include "vfs/container/ewf/ewf_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>

#include "vfs/codec/deflate.h"
#include "vfs/core/endian.h"

namespace casement {
namespace {

constexpr std::uint64_t checksum_size = 4;

/// The most that zlib makes of a chunk that does not compress: stored blocks of no less than 16 KiB
/// with 5 bytes each, and the 6 bytes of its framing.
constexpr std::uint64_t max_packed_size(std::uint64_t chunk_size) noexcept {
  return chunk_size + chunk_size / 1024 + 64;
}

}  // namespace

Result<void> EwfSource::do_read(std::uint64_t offset, MutableBytes out) const {
  const EwfGeometry& geometry = image_.contents.geometry;
  Workspace work;
  while (!out.empty()) {
    const std::uint64_t chunk = offset / geometry.chunk_size;
    const std::uint64_t within = offset % geometry.chunk_size;
    const std::uint64_t plain_size = geometry.plain_size(chunk);
    const auto part = out.first(
        static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), plain_size - within)));
    if (part.size() == plain_size) {
      CASEMENT_TRY(decode(chunk, part, work));
    } else {
      const Job job{chunk, static_cast<std::size_t>(plain_size), work};
      const BlockPtr block =
          CASEMENT_TRY(cache_->get({owner_, chunk}, [this, &job] { return decode_block(job); }));
      std::memcpy(part.data(), block->data() + within, part.size());
    }
    offset += part.size();
    out = out.subspan(part.size());
  }
  return {};
}

Result<std::vector<std::byte>> EwfSource::decode_block(const Job& job) const {
  std::vector<std::byte> plain(job.plain_size);
  CASEMENT_TRY(decode(job.chunk, plain, job.work));
  return plain;
}

std::unexpected<Error> EwfSource::lost(std::uint64_t chunk) const {
  const auto& losses = image_.contents.losses;
  const std::string where = fmt::format("{}: EWF chunk {} (disk offset 0x{:x})", name_, chunk,
                                        chunk * image_.contents.geometry.chunk_size);
  if (losses.empty()) {
    return fail(Status::corrupt, fmt::format("{}: no table has it; they have {} chunks", where,
                                             image_.contents.index.size()));
  }
  return fail(losses.front().status, fmt::format("{}: {}", where, losses.front().reason));
}

Result<void> EwfSource::decode(std::uint64_t chunk, MutableBytes out, Workspace& work) const {
  const auto place = image_.contents.index.find(chunk);
  if (!place) {
    return lost(chunk);
  }
  const auto where = [&] {
    return fmt::format("{}: EWF chunk {} (disk offset 0x{:x}) at 0x{:x} of {}", name_, chunk,
                       chunk * image_.contents.geometry.chunk_size, place->offset,
                       image_.segments->name(place->segment));
  };
  CASEMENT_TRY(open_segment(place->segment, work).with_context(where));
  return (place->is_compressed ? inflate(*place, out, work) : read_plain(*place, out, work))
      .with_context(where);
}

Result<void> EwfSource::open_segment(std::uint32_t segment, Workspace& work) const {
  if (!work.file || work.segment != segment) {
    work.file = CASEMENT_TRY(image_.segments->open(segment));
    work.segment = segment;
  }
  return {};
}

Result<void> EwfSource::read_plain(const EwfChunkPlace& place, MutableBytes out,
                                   Workspace& work) const {
  const ByteSource& file = *work.file;
  if (!in_range(file.size(), place.offset, out.size() + checksum_size)) {
    return fail(Status::truncated, fmt::format("{} plain bytes and a checksum: the file ends at "
                                               "0x{:x}",
                                               out.size(), file.size()));
  }
  CASEMENT_TRY(file.read(place.offset, out));
  le32 stored;
  CASEMENT_TRY(file.read(place.offset + out.size(), std::as_writable_bytes(std::span(&stored, 1))));
  const std::uint32_t found = adler32(out);
  if (found == stored.value()) {
    return {};
  }
  // The last chunk may be stored longer than the medium is: its checksum is that of all of it.
  const std::uint64_t end = std::min(place.end.value_or(file.size()), file.size());
  const std::uint64_t chunk_size = image_.contents.geometry.chunk_size;
  const std::uint64_t longer = end - place.offset - checksum_size;
  if (longer > out.size() && longer <= chunk_size) {
    work.packed.resize(static_cast<std::size_t>(longer + checksum_size));
    CASEMENT_TRY(file.read(place.offset, work.packed));
    if (ends_with_checksum(work.packed)) {
      return {};
    }
  }
  return fail(Status::corrupt,
              fmt::format("its bytes have the checksum 0x{:08x}, expected 0x{:08x}", found,
                          stored.value()));
}

Result<void> EwfSource::inflate(const EwfChunkPlace& place, MutableBytes out,
                                Workspace& work) const {
  const ByteSource& file = *work.file;
  if (place.offset >= file.size()) {
    return fail(Status::truncated, fmt::format("the file ends at 0x{:x}", file.size()));
  }
  const std::uint64_t chunk_size = image_.contents.geometry.chunk_size;
  const std::uint64_t end = std::min(place.end.value_or(file.size()), file.size());
  const std::uint64_t size = std::min(end - place.offset, max_packed_size(chunk_size));
  if (out.size() / max_inflate_ratio > size) {
    return fail(Status::corrupt, fmt::format("{} bytes cannot hold {}", size, out.size()));
  }
  work.packed.resize(static_cast<std::size_t>(size));
  CASEMENT_TRY(file.read(place.offset, work.packed));
  std::size_t plain = 0;
  if (out.size() == chunk_size) {
    plain = CASEMENT_TRY(inflate_whole(DeflateFraming::zlib, work.packed, out));
  } else {
    // The last chunk may be stored longer than the medium is.
    std::vector<std::byte> whole(
        static_cast<std::size_t>(std::min(chunk_size, size * max_inflate_ratio)));
    plain = CASEMENT_TRY(inflate_whole(DeflateFraming::zlib, work.packed, whole));
    std::copy_n(whole.begin(), std::min(plain, out.size()), out.begin());
  }
  if (plain < out.size()) {
    return fail(Status::corrupt, fmt::format("{} plain bytes, expected {}", plain, out.size()));
  }
  return {};
}

}  // namespace casement
