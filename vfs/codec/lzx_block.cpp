// SPDX-License-Identifier: Apache-2.0
// The fast path of LZX. What costs most in it are mispredicted branches - most symbols are as good
// as random - and then the wait for each table entry, because where a symbol starts is known from
// the entry of the one before. So literals and matches are decoded by the same instructions: a
// literal is a byte and then a match of no length, a match is a byte that will be overwritten and
// then a match. What is rare enough to be predicted is left to branches.
#include "vfs/codec/lzx_block.h"

#include <fmt/format.h>

#include <array>

#include "vfs/codec/match_copy.h"
#include "vfs/core/zero_fill.h"

namespace casement::detail::lzx {
namespace {

/// A slot's part in decoding an offset without branches.
struct Slot {
  std::uint32_t base;
  std::uint8_t extra_bits;
  std::uint8_t exchange;  // for RecentOffsets
  std::uint8_t push;
};

constexpr std::array<Slot, max_slots> slots = [] {
  std::array<Slot, max_slots> all = {};
  for (std::size_t slot = 0; slot < max_slots; ++slot) {
    const bool repeats = slot < repeat_slots;
    all[slot] = {.base = offset_bases[slot],
                 .extra_bits = extra_bits[slot],
                 .exchange = static_cast<std::uint8_t>(repeats ? slot * RecentOffsets::lane : 0),
                 .push = static_cast<std::uint8_t>(repeats ? 0 : RecentOffsets::lane)};
  }
  return all;
}();

/// Where a block goes.
struct Target {
  std::byte* chunk;
  std::byte* block_end;
  std::byte* chunk_end;
};

std::size_t size_of(const std::byte* from, const std::byte* to) noexcept {
  return static_cast<std::size_t>(to - from);
}

/// Copies a match of a step that is not special; of a literal, nothing. False: it reaches before
/// the chunk. Precondition: 17 bytes of the chunk are left.
[[gnu::always_inline]] inline bool copy_direct(Target target, const Step& step,
                                               std::uint32_t offset, Progress& progress) noexcept {
  progress.recent.push(step.shift, offset);
  // For a literal this is the offset of a match before it, or 1 at the start.
  const std::size_t distance = progress.recent.latest();
  if (distance > size_of(target.chunk, progress.to)) [[unlikely]] {
    return false;
  }
  const std::size_t length = step.length;
  if (distance >= length) [[likely]] {
    copy_16(progress.to, progress.to - distance);  // MainTable::longest_direct
  } else {
    copy_match(progress.to, distance, length, size_of(progress.to, target.chunk_end));
  }
  progress.to += length;
  return true;
}

/// Takes the bits of a step that is not special - up to 24 in windows of 2^15 bytes, else 28 - and
/// puts down the literal, if it is one. Gives the step's offset, but for an aligned symbol.
/// Precondition: a byte of the chunk is left.
template <bool aligned>
[[gnu::always_inline]] inline std::uint32_t take_direct(const Step& step, unsigned bits,
                                                        Progress& progress) noexcept {
  *progress.to = std::byte{step.literal};
  progress.to += step.length == 0 ? 1 : 0;
  const auto number = static_cast<std::uint32_t>(progress.input.peek_some(bits));
  progress.input.drop(bits);
  return (number << (aligned ? step.aligned & aligned_bits : 0U)) + step.offset_addend;
}

/// Takes a match of any kind. False: it reaches before the chunk or beyond the block.
/// `bits`: of the main symbol alone. Precondition: 32 bits may be taken.
template <bool aligned>
[[gnu::always_inline]] inline bool take_match(const Codes& codes, Target target, const Slot& slot,
                                              std::size_t length, unsigned bits,
                                              Progress& progress) noexcept {
  BitInput& input = progress.input;
  input.drop(bits);
  if (length == long_match) {
    length += codes.length().read(input);
    input.refill();
  }
  std::uint32_t offset = 0;
  if (aligned && slot.extra_bits >= aligned_bits) {
    offset = input.take(slot.extra_bits - aligned_bits) << aligned_bits;
    const std::size_t index = input.peek(SideTable::index_bits) + SideTable::aligned_part;
    offset += codes.side().value(index);
    input.drop(codes.side().bits(index));
  } else {
    offset = input.take(slot.extra_bits);
  }
  progress.recent.exchange(slot.exchange);
  progress.recent.push(slot.push, slot.base + offset);
  const std::size_t distance = progress.recent.latest();
  if (distance > size_of(target.chunk, progress.to) ||
      length > size_of(progress.to, target.block_end)) [[unlikely]] {
    return false;
  }
  copy_match(progress.to, distance, length, size_of(progress.to, target.chunk_end));
  progress.to += length;
  return true;
}

/// Takes a symbol of at least `shortest` bits by its codeword. False: see take_match().
/// Precondition: 48 bits may be taken, a byte of the block is left.
template <bool aligned>
[[gnu::always_inline]] inline bool take_by_code(const Codes& codes, Target target,
                                                unsigned shortest, Progress& progress) noexcept {
  const PrefixCode::Codeword codeword = codes.main().code().find(
      static_cast<std::uint32_t>(progress.input.peek(PrefixCode::max_length)), shortest);
  if (codeword.symbol < literals) {
    progress.input.drop(codeword.length);
    *progress.to++ = static_cast<std::byte>(codeword.symbol);
    return true;
  }
  const std::uint32_t symbol = codeword.symbol - literals;
  return take_match<aligned>(codes, target, slots[symbol / lengths_per_slot],
                             min_match + symbol % lengths_per_slot, codeword.length, progress);
}

/// Takes symbols one by one until `stop` or, if there is an offset that reaches before the chunk,
/// until there is none. Needs no room behind the block.
template <bool aligned>
[[gnu::noinline]] bool take_carefully(const Codes& codes, Target target, const std::byte* stop,
                                      Progress& progress) noexcept {
  while (progress.to < stop || (progress.to < target.block_end &&
                                progress.recent.latest() > size_of(target.chunk, progress.to))) {
    progress.input.refill();
    if (!take_by_code<aligned>(codes, target, 1, progress)) {
      return false;
    }
  }
  return true;
}

/// Takes the symbol of a special step. False: see take_match().
template <bool aligned>
[[gnu::always_inline]] inline bool take_special(const Codes& codes, Target target,
                                                std::size_t index, const Step& step,
                                                Progress& progress) noexcept {
  progress.input.refill();
  const unsigned bits = codes.main().bits(index);
  if (bits == 0) [[unlikely]] {
    return take_by_code<aligned>(codes, target, MainTable::index_bits + 1, progress);
  }
  return take_match<aligned>(codes, target, slots[step.literal], step.length, bits, progress);
}

// What the fast paths below need no further checks within: between two looks at how many bytes are
// left they take at most two direct symbols and a literal, which give 16, 16 and 1 bytes; behind
// the last of them, copy_16() writes up to 16 bytes that are not wanted. What a special step
// writes, take_match() checks itself.
constexpr std::size_t margin = 48;
static_assert(3 * MainTable::longest_direct <= margin);

/// Takes symbols while `margin` bytes of the block are left: two for each refill of 48 bits, or
/// one if its offset may be wide.
template <bool wide>
[[gnu::always_inline]] inline bool take_verbatim(const Codes& codes, Target target,
                                                 Progress& progress) noexcept {
  const MainTable& table = codes.main();
  while (size_of(progress.to, target.block_end) >= margin) {
    progress.input.refill();
    std::size_t index = progress.input.peek(MainTable::index_bits);
    const Step* step = &table.step(index);
    if ((step->shift & Step::special) == 0) [[likely]] {
      const std::uint32_t offset = take_direct<false>(*step, table.bits(index), progress);
      if (!copy_direct(target, *step, offset, progress)) {
        return false;
      }
      if constexpr (wide) {
        progress.input.refill();
      }
      index = progress.input.peek(MainTable::index_bits);
      step = &table.step(index);
    }
    if ((step->shift & Step::special) == 0) [[likely]] {
      const std::uint32_t offset = take_direct<false>(*step, table.bits(index), progress);
      if (!copy_direct(target, *step, offset, progress)) {
        return false;
      }
    } else if (!take_special<false>(codes, target, index, *step, progress)) {
      return false;
    }
  }
  return true;
}

/// The same for aligned blocks. An aligned symbol would be one more table entry to wait for after
/// every main symbol, because there is no branch around it. So it is left for the next round, where
/// it takes the place of a literal that may stand before the main symbol (see SideTable). Each
/// refill is good for the 11 bits of that and the 25 of a main symbol.
/// Precondition: the block has `margin` bytes left.
[[gnu::always_inline]] inline bool take_aligned(const Codes& codes, Target target,
                                                Progress& progress) noexcept {
  static constexpr Step nothing = {
      .literal = 0, .length = 0, .shift = 0, .aligned = 0, .offset_addend = 0};
  const MainTable& table = codes.main();
  const SideTable& side = codes.side();
  const Step* pending = &nothing;  // taken, but for its aligned symbol, and not copied yet
  std::uint32_t offset = 0;        // of `pending`
  bool more = true;
  while (more) {
    progress.input.refill();
    const std::size_t side_index =
        progress.input.peek(SideTable::index_bits) + SideTable::part_behind(*pending);
    const std::uint8_t value = side.value(side_index);
    const unsigned side_bits = side.bits(side_index);
    progress.input.drop(side_bits);
    if (!copy_direct(target, *pending, offset + (value & pending->aligned), progress)) {
      return false;
    }
    *progress.to = std::byte{value};
    progress.to += side_bits > pending->aligned ? 1 : 0;  // a literal, if not an aligned symbol

    const std::size_t index = progress.input.peek(MainTable::index_bits);
    const Step& step = table.step(index);
    more = size_of(progress.to, target.block_end) >= margin;
    if ((step.shift & Step::special) == 0 && more) [[likely]] {
      offset = take_direct<true>(step, table.bits(index), progress);
      pending = &step;
      continue;
    }
    pending = &nothing;
    offset = 0;
    if (more) {
      if (!take_special<true>(codes, target, index, step, progress)) {
        return false;
      }
      more = size_of(progress.to, target.block_end) >= margin;
    }
  }
  return true;
}

template <bool aligned, bool wide>
bool take_block(const Codes& codes, Target target, Progress& progress) noexcept {
  if (!take_carefully<aligned>(codes, target, progress.to, progress)) {
    return false;
  }
  if (size_of(progress.to, target.block_end) >= margin) {
    Progress local = progress;  // in registers
    bool good = false;
    if constexpr (aligned) {
      good = take_aligned(codes, target, local);
    } else {
      good = take_verbatim<wide>(codes, target, local);
    }
    progress = local;
    if (!good) {
      return false;
    }
  }
  return take_carefully<aligned>(codes, target, target.block_end, progress);
}

}  // namespace

Result<void> decode_block(const Codes& codes, BlockType type, Progress& progress,
                          MutableBytes chunk, std::size_t size) {
  const Target target{chunk.data(), progress.to + size, chunk.data() + chunk.size()};
  if (codes.main().code().empty()) {
    // Symbol 0 for no bits, as often as it takes: see PrefixCode.
    zero_fill({progress.to, size});
    progress.to += size;
    return {};
  }
  const bool good = type == BlockType::aligned ? take_block<true, true>(codes, target, progress)
                    : codes.wide()             ? take_block<false, true>(codes, target, progress)
                                               : take_block<false, false>(codes, target, progress);
  if (!good) {
    return fail(Status::corrupt,
                fmt::format("a match at {} with an offset of {} starts before the chunk or goes "
                            "beyond its block, which ends at {}",
                            size_of(target.chunk, progress.to), progress.recent.latest(),
                            size_of(target.chunk, target.block_end)));
  }
  return {};
}

}  // namespace casement::detail::lzx
