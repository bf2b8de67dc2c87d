// SPDX-License-Identifier: Apache-2.0
// The blocks of an LZX chunk.
#include "vfs/codec/lzx_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>

#include "vfs/codec/e8_filter.h"
#include "vfs/codec/lzx_block.h"
#include "vfs/codec/lzx_codes.h"

namespace casement {
namespace {

using namespace detail;       // NOLINT(google-build-using-namespace): parts of this decoder
using namespace detail::lzx;  // NOLINT(google-build-using-namespace)

struct BlockHeader {
  BlockType type;
  std::size_t size;  // plain bytes
};

Result<BlockHeader> read_header(BitInput& input, unsigned window_order, std::size_t bytes_left) {
  input.refill();
  const std::uint32_t type = input.take(block_type_bits);
  std::uint32_t size = default_block_size;
  if (input.take(1) == 0) {
    size = input.take(16);
    if (window_order > min_window_order) {
      size = size << 8U | input.take(8);
    }
  }
  if (type < static_cast<std::uint32_t>(BlockType::verbatim) ||
      type > static_cast<std::uint32_t>(BlockType::uncompressed)) {
    return fail(Status::corrupt, fmt::format("a block has type {}: only 1 to 3 are known", type));
  }
  if (size == 0 || size > bytes_left) {
    return fail(Status::corrupt,
                fmt::format("a block has {} bytes: {} are left of the chunk", size, bytes_left));
  }
  return BlockHeader{static_cast<BlockType>(type), size};
}

/// Three new recent offsets, the plain bytes, and one byte more where their number is odd.
Result<void> copy_uncompressed(Progress& progress, MutableBytes block) {
  constexpr std::size_t offset_size = sizeof(std::uint32_t);
  const Bytes in = progress.input.input();
  std::size_t at = progress.input.next_unit_offset();
  constexpr std::size_t offsets_size = 3 * offset_size;
  if (!in_range(in.size(), at, offsets_size) ||
      !in_range(in.size(), at + offsets_size, block.size())) {
    return fail(Status::corrupt,
                fmt::format("an uncompressed block of {} bytes and {} before them starts at {} of "
                            "the input",
                            block.size(), offsets_size, at));
  }
  std::array<std::uint32_t, 3> recent = {};
  for (std::size_t i = 0; i < recent.size(); ++i) {
    recent[i] = get_le<std::uint32_t>(in, at + i * offset_size);
    if (recent[i] == 0) {
      return fail(Status::corrupt, "a recent offset of an uncompressed block is 0");
    }
  }
  at += offsets_size;
  std::ranges::copy(in.subspan(at, block.size()), block.begin());
  at += block.size();
  // The last block of a chunk may be stored without the byte more.
  progress.input.restart(std::min(at + block.size() % 2, in.size()));
  progress.recent = RecentOffsets(recent[0], recent[1], recent[2]);
  progress.to += block.size();
  return {};
}

/// Gives whether the chunk may hold any E8.
Result<bool> decode_blocks(unsigned window_order, Bytes in, MutableBytes out) {
  bool may_hold_calls = false;
  UnitSource source(in);
  Progress progress{BitInput(source), out.data()};
  std::byte* const end = out.data() + out.size();
  Codes codes(window_order);
  while (progress.to < end) {
    const auto bytes_left = static_cast<std::size_t>(end - progress.to);
    const BlockHeader header = CASEMENT_TRY(read_header(progress.input, window_order, bytes_left));
    if (header.type == BlockType::uncompressed) {
      CASEMENT_TRY(copy_uncompressed(progress, MutableBytes(progress.to, header.size)));
      may_hold_calls = true;
      continue;
    }
    CASEMENT_TRY(codes.read(progress.input, header.type));
    CASEMENT_TRY(decode_block(codes, header.type, progress, out, header.size));
    may_hold_calls = may_hold_calls || codes.has_literal(call_opcode);
  }
  return may_hold_calls;
}

}  // namespace

Result<void> decompress_lzx(unsigned window_order, Bytes in, MutableBytes out) {
  assert(window_order >= min_window_order && window_order <= max_window_order);
  assert(out.size() <= std::size_t{1} << window_order);
  if (CASEMENT_TRY(decode_blocks(window_order, in, out))) {
    undo_e8_translation(out);
  }
  return {};
}

}  // namespace casement
