// SPDX-License-Identifier: Apache-2.0
// Reading the lengths of codewords, which are coded themselves.
#include "engine/servicing/delta/patch_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <span>

#include "vfs/core/checked.h"

namespace casement::detail::pa30 {
namespace {

/// Known patches have a block for 50 KB of target or more; these would do for 200 MB.
constexpr std::uint64_t max_blocks = 4096;

// What a symbol of the code of lengths means.
constexpr std::size_t length_code_symbols = 39;
constexpr unsigned length_code_bits = 4;     // of the length of one of its codewords
constexpr std::uint32_t first_larger = 17;   // than in the block before, by 1 to 3
constexpr std::uint32_t first_smaller = 20;  // the same
constexpr std::uint32_t first_fill = 23;     // the last length again and again
constexpr std::uint32_t first_copy = 31;     // lengths of the block before
constexpr std::uint32_t run_kinds = 8;

using LengthCode = DeltaCode<8>;

/// Codewords as long as they would be if all symbols were equally frequent.
void set_default_lengths(std::span<std::uint8_t> lengths) {
  const auto longer = static_cast<unsigned>(std::bit_width(lengths.size() - 1));
  const std::size_t shorter_count = (std::size_t{1} << longer) - lengths.size();
  const auto shorter = lengths.first(shorter_count);
  std::ranges::fill(shorter, static_cast<std::uint8_t>(longer - 1));
  std::ranges::fill(lengths.subspan(shorter_count), static_cast<std::uint8_t>(longer));
}

BlockCodes make_default_codes() {
  CodeLengths lengths;
  const std::span all(lengths);
  set_default_lengths(all.first(main_symbols));
  set_default_lengths(all.subspan(main_symbols, length_symbols));
  set_default_lengths(all.last(aligned_symbols));
  BlockCodes codes;
  (void)codes.assign(lengths);  // complete by construction
  return codes;
}

/// Small patches, and most manifests are small, use no others: they are made once.
const BlockCodes& default_codes() {
  static const BlockCodes codes = make_default_codes();
  return codes;
}

/// truncated instead if the stream had ended before.
std::unexpected<Error> bad_length(const DeltaBits& bits, std::size_t symbol, const char* what) {
  if (const Result<void> read = bits.finish("the lengths of codewords"); !read) {
    return std::unexpected(read.error());
  }
  return fail(Status::corrupt, fmt::format("the length of codeword {} of {}: {}", symbol,
                                           CodeLengths().size(), what));
}

/// How many lengths a run has: 1, 2, 3, or a number of 3 to 7 bits without its highest.
std::size_t read_run(DeltaBits& bits, std::uint32_t kind) {
  if (kind < 3) {
    return kind + 1;
  }
  const unsigned low_bits = kind - 1;
  return std::size_t{1} << low_bits | bits.take(low_bits);
}

/// The lengths of one block; `lengths` has those of the block before it.
Result<void> read_lengths(DeltaBits& bits, const LengthCode& code, CodeLengths& lengths) {
  std::size_t at = 0;
  while (at < lengths.size()) {
    bits.refill();
    const std::uint32_t symbol = code.read(bits);
    if (symbol >= first_fill) {
      const std::size_t run = read_run(bits, (symbol - first_fill) % run_kinds);
      if (run > lengths.size() - at) {
        return bad_length(bits, at, "a run goes beyond the last one");
      }
      if (symbol < first_copy) {
        if (at == 0) {
          return bad_length(bits, at, "there is none before it to repeat");
        }
        std::fill_n(&lengths[at], run, lengths[at - 1]);
      }
      at += run;
      continue;
    }
    std::uint32_t length = symbol;
    if (symbol >= first_smaller) {
      length = lengths[at] - (symbol - first_smaller + 1);  // wraps if there is none
    } else if (symbol >= first_larger) {
      length = lengths[at] + (symbol - first_larger + 1);
    }
    if (length > PrefixCode::max_length) {
      return bad_length(bits, at, "not from 0 to 16");
    }
    lengths[at] = static_cast<std::uint8_t>(length);
    ++at;
  }
  return bits.finish("the lengths of codewords");
}

Result<LengthCode> read_length_code(DeltaBits& bits) {
  std::array<std::uint8_t, length_code_symbols> lengths;
  for (std::uint8_t& length : lengths) {
    bits.refill();
    length = static_cast<std::uint8_t>(bits.take(length_code_bits));
  }
  CASEMENT_TRY(bits.finish("the code of lengths"));
  LengthCode code;
  if (!code.assign(lengths)) {
    return fail(Status::corrupt, "the code of lengths is not complete");
  }
  return code;
}

Result<std::vector<CodeBlock>> read_blocks(DeltaBits& bits, std::uint64_t first_position) {
  const std::uint64_t count = CASEMENT_TRY(bits.number("the number of blocks"));
  if (count == 0) {
    return fail(Status::corrupt, "no blocks of codes, expected one or more");
  }
  if (count > max_blocks) {
    return fail(
        Status::limit_exceeded,
        fmt::format("{} blocks of codes, more than the {} that are read", count, max_blocks));
  }
  std::vector<CodeBlock> blocks(static_cast<std::size_t>(count));
  std::uint64_t start = 0;
  for (CodeBlock& block : blocks) {
    const std::uint64_t step = CASEMENT_TRY(bits.number("the start of a block"));
    const auto sum = checked_add(start, step);
    if (!sum) {
      return fail(Status::corrupt,
                  fmt::format("a block of codes begins {} bytes behind {}", step, start));
    }
    start = *sum;
    block.start = start;
  }
  if (blocks.front().start > first_position) {
    return fail(Status::corrupt,
                fmt::format("the first block of codes begins at {}, the target at {}",
                            blocks.front().start, first_position));
  }
  const LengthCode code = CASEMENT_TRY(read_length_code(bits));
  CodeLengths lengths = {};
  for (CodeBlock& block : blocks) {
    CASEMENT_TRY(read_lengths(bits, code, lengths));
    block.lengths = lengths;
  }
  return blocks;
}

}  // namespace

Result<void> BlockCodes::assign(const CodeLengths& lengths) {
  const std::span all(lengths);
  if (!main.assign(all.first(main_symbols))) {
    return fail(Status::corrupt, "the code of literals and matches is not complete");
  }
  if (!length.assign(all.subspan(main_symbols, length_symbols))) {
    return fail(Status::corrupt, "the code of match lengths is not complete");
  }
  if (!aligned.assign(all.last(aligned_symbols))) {
    return fail(Status::corrupt, "the code of aligned distances is not complete");
  }
  return {};
}

Result<PatchCodes> PatchCodes::read(DeltaBits& bits, std::uint64_t first_position) {
  PatchCodes codes;
  bits.refill();
  if (bits.take(1) == 1) {
    codes.current_ = &default_codes();
    codes.current_end_ = std::numeric_limits<std::uint64_t>::max();
    return codes;
  }
  codes.blocks_ = CASEMENT_TRY(read_blocks(bits, first_position));
  codes.own_ = std::make_unique<BlockCodes>();
  codes.current_ = codes.own_.get();
  CASEMENT_TRY(codes.move_to(first_position));
  return codes;
}

Result<void> PatchCodes::move_to(std::uint64_t position) {
  // Of several blocks with one start the last one counts.
  while (next_ + 1 < blocks_.size() && blocks_[next_ + 1].start <= position) {
    ++next_;
  }
  CASEMENT_TRY(own_->assign(blocks_[next_].lengths));
  ++next_;
  current_end_ =
      next_ < blocks_.size() ? blocks_[next_].start : std::numeric_limits<std::uint64_t>::max();
  return {};
}

}  // namespace casement::detail::pa30
