// SPDX-License-Identifier: Apache-2.0
// LZNT1 decompression. Fast where there is room for whole 8-byte copies, exact everywhere else.
#include "vfs/codec/lznt1.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

constexpr std::size_t max_chunk_size = 4096;  // plain bytes
constexpr std::size_t header_size = 2;        // of a chunk
constexpr std::uint16_t size_mask = 0x0FFF;   // bytes behind the header, less 1
constexpr std::uint16_t compressed = 0x8000;  // else the bytes are stored
constexpr std::size_t token_size = 2;
constexpr std::size_t min_match = 3;
constexpr std::size_t word = 8;  // bytes that the fast paths move at once
/// Behind the flags of a group: the last item may be read as a word after seven tokens.
constexpr std::size_t fast_group_size = 7 * token_size + word;

/// How a chunk ended, and what it gave.
struct Decoded {
  const std::byte* out;         // behind the last byte
  const char* fault = nullptr;  // what is wrong with the chunk
};

void copy_word(std::byte* to, const std::byte* from) noexcept {
  std::memcpy(to, from, word);
}

/// Copies `length` bytes from `distance` before `to`; they may overlap, and then repeat.
/// `room`: bytes that may be written at `to`, at least `length`. Up to 7 bytes behind the match are
/// overwritten where there is room for them.
void copy_match(std::byte* to, std::size_t distance, std::size_t length,
                std::size_t room) noexcept {
  const std::byte* from = to - distance;
  if (room < length + 2 * word) [[unlikely]] {
    for (std::size_t i = 0; i < length; ++i) {
      to[i] = from[i];
    }
    return;
  }
  if (distance == 1) {  // most often zeros, and then long
    std::memset(to, static_cast<int>(*from), length);
    return;
  }
  std::byte* const end = to + length;
  if (distance < word) {
    for (std::size_t i = 0; i < word; ++i) {
      to[i] = from[i];
    }
    // The pattern repeats at every multiple of its length: go back by the first that has a word.
    from = to + word - (distance * ((word + distance - 1) / distance));
    to += word;
  }
  for (; to < end; to += word, from += word) {
    copy_word(to, from);
  }
}

/// One compressed chunk into `out`, which holds at most max_chunk_size bytes of it. `room_end`:
/// the end of all memory that may be scribbled on. `limit_is_chunk`: more than `out` holds is a
/// fault and not just more than the caller wants.
class ChunkDecoder {
 public:
  ChunkDecoder(Bytes in, MutableBytes out, const std::byte* room_end, bool limit_is_chunk) noexcept
      : in_(in.data()),
        in_end_(in.data() + in.size()),
        start_(out.data()),
        out_(out.data()),
        out_end_(out.data() + out.size()),
        room_end_(room_end),
        limit_is_chunk_(limit_is_chunk) {}

  Decoded run() noexcept {
    while (in_ < in_end_ && !stopped_) {
      auto flags = static_cast<std::uint32_t>(*in_++);
      const auto left = static_cast<std::size_t>(in_end_ - in_);
      const auto room = static_cast<std::size_t>(out_end_ - out_);
      if (left >= fast_group_size && room >= word) [[likely]] {
        fast_group(flags);
      } else {
        slow_items(flags, 8);
      }
    }
    return {out_, fault_};
  }

 private:
  /// Precondition: the input holds fast_group_size bytes, the output a word.
  void fast_group(std::uint32_t flags) noexcept {
    if (flags == 0) {
      copy_word(out_, in_);
      in_ += word;
      out_ += word;
      return;
    }
    std::uint32_t items = 8;
    while (items != 0 && !stopped_) {
      // Bits above the eight count as literals; there are never more of them than `items`.
      const auto literals =
          std::min(items, static_cast<std::uint32_t>(std::countr_zero(flags | 0x100U)));
      if (literals != 0) {
        if (static_cast<std::size_t>(out_end_ - out_) < word) [[unlikely]] {
          slow_items(flags, items);
          return;
        }
        copy_word(out_, in_);
        in_ += literals;
        out_ += literals;
        flags >>= literals;
        items -= literals;
      } else {
        match();
        flags >>= 1U;
        --items;
      }
    }
  }

  void slow_items(std::uint32_t flags, std::uint32_t items) noexcept {
    for (; items != 0 && in_ < in_end_ && !stopped_; --items, flags >>= 1U) {
      if ((flags & 1U) == 0) {
        if (out_ == out_end_) {
          stop_full();
        } else {
          *out_++ = *in_++;
        }
      } else if (static_cast<std::size_t>(in_end_ - in_) < token_size) {
        stop("ends within a token");
      } else {
        match();
      }
    }
  }

  /// Precondition: a token lies at `in_`.
  void match() noexcept {
    const auto token = static_cast<std::uint32_t>(get_le<std::uint16_t>({in_, token_size}, 0));
    in_ += token_size;
    // The more bytes the chunk has given, the more bits of a token are the displacement.
    const auto done = static_cast<std::uint32_t>(out_ - start_);
    const auto displacement_bits =
        std::max(4U, static_cast<std::uint32_t>(std::bit_width(done == 0 ? 0U : done - 1)));
    const std::uint32_t length_bits = 16 - displacement_bits;
    const std::uint32_t distance = (token >> length_bits) + 1;
    std::size_t length = (token & ((1U << length_bits) - 1)) + min_match;
    if (distance > done) [[unlikely]] {
      stop("has a token that reaches before it");
      return;
    }
    const auto room = static_cast<std::size_t>(out_end_ - out_);
    const bool too_long = length > room;
    length = std::min(length, room);
    copy_match(out_, distance, length, static_cast<std::size_t>(room_end_ - out_));
    out_ += length;
    if (too_long) [[unlikely]] {
      stop_full();
    }
  }

  void stop(const char* fault) noexcept {
    stopped_ = true;
    fault_ = fault;
  }
  void stop_full() noexcept { stop(limit_is_chunk_ ? "decodes to more than 4096 bytes" : nullptr); }

  const std::byte* in_;
  const std::byte* in_end_;
  const std::byte* start_;
  std::byte* out_;
  std::byte* out_end_;
  const std::byte* room_end_;
  bool limit_is_chunk_;
  bool stopped_ = false;
  const char* fault_ = nullptr;
};

Decoded decode_chunk(Bytes in, bool is_compressed, MutableBytes out, const std::byte* room_end) {
  const bool limit_is_chunk = out.size() == max_chunk_size;
  if (is_compressed) {
    return ChunkDecoder(in, out, room_end, limit_is_chunk).run();
  }
  const std::size_t size = std::min(in.size(), out.size());
  if (size != 0) {
    std::memcpy(out.data(), in.data(), size);
  }
  return {out.data() + size};
}

}  // namespace

Result<std::size_t> decompress_lznt1(Bytes in, MutableBytes out) {
  std::size_t in_offset = 0;
  std::size_t chunk_start = 0;
  std::size_t filled = 0;
  while (chunk_start < out.size() && in_range(in.size(), in_offset, header_size)) {
    const auto header = get_le<std::uint16_t>(in, in_offset);
    if (header == 0) {
      break;
    }
    // Bits 12 to 14 are 3 in all that Windows writes; neither it nor others look at them.
    const std::size_t size = (header & size_mask) + std::size_t{1};
    const Bytes rest = in.subspan(in_offset + header_size);
    const MutableBytes room = out.subspan(chunk_start);
    const MutableBytes chunk = room.first(std::min(room.size(), max_chunk_size));
    Decoded decoded = decode_chunk(rest.first(std::min(size, rest.size())),
                                   (header & compressed) != 0, chunk, out.data() + out.size());
    const auto produced = static_cast<std::size_t>(decoded.out - chunk.data());
    filled = chunk_start + produced;
    if (decoded.fault == nullptr && size > rest.size() && produced < chunk.size()) {
      decoded.fault = "is larger than its stream";
    }
    if (decoded.fault != nullptr) {
      zero_fill(out.subspan(filled));
      return fail(Status::corrupt,
                  fmt::format("LZNT1 chunk of {} bytes at 0x{:X} of {} {}; {} bytes were decoded",
                              size, in_offset, in.size(), decoded.fault, filled));
    }
    zero_fill(chunk.subspan(produced));
    in_offset += header_size + size;
    chunk_start += chunk.size();
  }
  zero_fill(out.subspan(filled));
  return filled;
}

}  // namespace casement
