// SPDX-License-Identifier: Apache-2.0
// The codes of a patch: one set of three a block of the target.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/servicing/delta/delta_bits.h"
#include "engine/servicing/delta/delta_code.h"
#include "vfs/core/result.h"

namespace casement::detail::pa30 {

inline constexpr std::size_t main_symbols = 600;  // literals, then matches
inline constexpr std::size_t length_symbols = 256;
inline constexpr std::size_t aligned_symbols = 16;  // the lowest bits of a distance

/// The lengths of the codewords of all three codes, one code after the other.
using CodeLengths = std::array<std::uint8_t, main_symbols + length_symbols + aligned_symbols>;

/// The codes of one block.
struct BlockCodes {
  /// corrupt: one is no complete code.
  Result<void> assign(const CodeLengths& lengths);

  DeltaCode<11> main;
  DeltaCode<9> length;
  DeltaCode<7> aligned;
};

/// Where a block begins, counted from the start of the source, and its codes.
struct CodeBlock {
  std::uint64_t start;
  CodeLengths lengths;
};

/// Codes by position. Moved, never copied: it holds the codes of one block ready.
class PatchCodes {
 public:
  /// The first block must not begin behind `first_position`. corrupt: what is stored makes no
  /// codes. limit_exceeded: too many blocks.
  static Result<PatchCodes> read(DeltaBits& bits, std::uint64_t first_position);

  const BlockCodes& current() const noexcept { return *current_; }

  /// Where the codes after the current ones begin.
  std::uint64_t current_end() const noexcept { return current_end_; }

  /// Makes those for `position` the current ones. Precondition: no position goes back.
  Result<void> move_to(std::uint64_t position);

 private:
  PatchCodes() = default;

  std::vector<CodeBlock> blocks_;
  std::size_t next_ = 0;  // block
  std::uint64_t current_end_ = 0;
  std::unique_ptr<BlockCodes> own_;
  const BlockCodes* current_ = nullptr;  // own_, or those that every patch may use
};

}  // namespace casement::detail::pa30
