// SPDX-License-Identifier: Apache-2.0
// XPRESS in the manner of lzx_block.cpp: literals and matches by the same instructions.
#include "vfs/codec/xpress_decoder.h"

#include <fmt/format.h>

#include <cassert>

#include "vfs/codec/match_copy.h"
#include "vfs/codec/xpress_table.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

using namespace detail;          // NOLINT(google-build-using-namespace): parts of this decoder
using namespace detail::xpress;  // NOLINT(google-build-using-namespace)

/// How far the chunk is decoded. A plain value: see BitInput.
struct Progress {
  BitInput input;
  std::size_t at = 0;
};

/// Puts down a literal if the next symbol is a direct one, and takes its bits; else does nothing.
/// Takes up to 11 bits. Precondition: progress.at is in the chunk.
[[gnu::always_inline]] inline void take_literal(const Table& table, MutableBytes chunk,
                                                Progress& progress) noexcept {
  const std::size_t index = progress.input.peek(Table::index_bits);
  const unsigned bits = table.literal_bits(index);
  chunk.data()[progress.at] = std::byte{table.step(index).literal};
  progress.at += bits != 0 ? 1 : 0;
  progress.input.drop(bits);
}

/// Takes the symbol of a step that is not special, up to 26 bits. False: a match reaches before the
/// chunk. Precondition: 33 bytes of the chunk are left.
[[gnu::always_inline]] inline bool take_direct(MutableBytes chunk, const Step& step, unsigned bits,
                                               Progress& progress) noexcept {
  chunk.data()[progress.at] = std::byte{step.literal};
  progress.at += step.length == 0 ? 1 : 0;
  const auto distance =
      static_cast<std::uint16_t>(progress.input.peek_some(bits) + step.offset_addend);
  progress.input.drop(bits);
  if (distance > progress.at) [[unlikely]] {
    return false;
  }
  std::byte* const to = chunk.data() + progress.at;
  const std::size_t length = step.length;
  if (distance >= length) [[likely]] {
    copy_16(to, to - distance);  // Table::longest_direct
  } else {
    copy_match(to, distance, length, chunk.size() - progress.at);
  }
  progress.at += length;
  return true;
}

/// The length that bytes between the units give: one, or two behind one of 255. Bytes that the
/// input does not have are zeros.
[[gnu::always_inline]] inline std::size_t take_length_bytes(BitInput& input) noexcept {
  const Bytes in = input.input();
  std::size_t offset = input.raw_offset();
  std::size_t length = length_in_bytes;
  if (offset < in.size()) {
    const auto byte = std::to_integer<std::size_t>(in[offset]);
    ++offset;
    length += byte;
    if (byte == 0xFF) {
      length = 0;
      if (in_range(in.size(), offset, 2)) {
        length = get_le<std::uint16_t>(in, offset);
        offset += 2;
      }
    }
  }
  input.resume(offset);
  return length;
}

/// Takes a match of any kind. False: it reaches before the chunk or beyond it. `bits`: of the
/// symbol alone. Precondition: 31 bits may be taken.
[[gnu::always_inline]] inline bool take_match(MutableBytes chunk, std::uint32_t match,
                                              unsigned bits, Progress& progress) noexcept {
  progress.input.drop(bits);
  std::size_t length = length_of(match);
  if (length == length_in_bytes) {
    length = take_length_bytes(progress.input);
  }
  length += min_match;
  const unsigned offset_bits = offset_bits_of(match);
  const std::size_t distance = 1U << offset_bits | progress.input.take(offset_bits);
  if (distance > progress.at || length > chunk.size() - progress.at) [[unlikely]] {
    return false;
  }
  copy_match(chunk.data() + progress.at, distance, length, chunk.size() - progress.at);
  progress.at += length;
  return true;
}

/// Takes a symbol of at least `shortest` bits by its codeword. False: see take_match().
/// Precondition: 31 bits may be taken, a byte of the chunk is left.
[[gnu::always_inline]] inline bool take_by_code(const PrefixCode& code, MutableBytes chunk,
                                                unsigned shortest, Progress& progress) noexcept {
  const PrefixCode::Codeword codeword =
      code.find(static_cast<std::uint32_t>(progress.input.peek(PrefixCode::max_length)), shortest);
  if (codeword.symbol < literals) {
    progress.input.drop(codeword.length);
    chunk.data()[progress.at++] = static_cast<std::byte>(codeword.symbol);
    return true;
  }
  return take_match(chunk, codeword.symbol - literals, codeword.length, progress);
}

/// Takes symbols while `margin` bytes of the chunk are left: for each refill of 48 bits a literal
/// of 11 bits, if there is one, and a symbol of 26 at most.
[[gnu::always_inline]] inline bool take_quickly(const Table& table, MutableBytes chunk,
                                                Progress& progress) noexcept {
  // A literal and a symbol that is no special step give at most 17 bytes, and write up to 18.
  constexpr std::size_t margin = 32;
  while (chunk.size() - progress.at >= margin) {
    progress.input.refill();
    take_literal(table, chunk, progress);
    const std::size_t index = progress.input.peek(Table::index_bits);
    const Step& step = table.step(index);
    if (step.length != Step::special) [[likely]] {
      if (!take_direct(chunk, step, table.bits(index), progress)) {
        return false;
      }
      continue;
    }
    progress.input.refill();
    const unsigned bits = table.bits(index);
    if (bits == 0) [[unlikely]] {
      if (!take_by_code(table.code(), chunk, Table::index_bits + 1, progress)) {
        return false;
      }
    } else if (!take_match(chunk, step.literal, bits, progress)) {
      return false;
    }
  }
  return true;
}

bool take_all(const Table& table, MutableBytes chunk, Progress& progress) noexcept {
  Progress local = progress;  // in registers
  const bool good = take_quickly(table, chunk, local);
  progress = local;
  if (!good) {
    return false;
  }
  while (progress.at < chunk.size()) {
    progress.input.refill();
    if (!take_by_code(table.code(), chunk, 1, progress)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<void> decompress_xpress(Bytes in, MutableBytes out) {
  assert(out.size() <= 65536);  // what one table decodes; see xpress_decoder.h
  if (in.size() < lengths_size) {
    return fail(Status::corrupt, fmt::format("the code alone takes {} bytes", lengths_size));
  }
  Table table;
  if (!table.assign(in.first<lengths_size>())) {
    return fail(Status::corrupt, "the lengths of the code are none of a complete prefix code");
  }
  if (table.code().empty()) {
    // Symbol 0 for no bits, as often as it takes: see PrefixCode.
    zero_fill(out);
    return {};
  }
  UnitSource source(in.subspan(lengths_size));
  Progress progress{BitInput(source)};
  if (!take_all(table, out, progress)) {
    return fail(Status::corrupt, fmt::format("a match at {} starts before the chunk or goes beyond "
                                             "it",
                                             progress.at));
  }
  return {};
}

}  // namespace casement
