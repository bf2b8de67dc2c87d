// SPDX-License-Identifier: Apache-2.0
// Finding E8 bytes a block at a time, and undoing their translation without branches: there is no
// telling which of them are calls.
#include "vfs/codec/e8_filter.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace casement::detail {
namespace {

constexpr std::uint32_t file_size = 12'000'000;
constexpr unsigned instruction_size = 5;   // E8 and its operand
constexpr std::size_t untouched_end = 10;  // bytes at the end of a chunk that are never translated
constexpr unsigned block_size = 64;

void undo_at(std::byte* chunk, std::size_t position) noexcept {
  std::byte* const operand = chunk + position + 1;
  const auto at = static_cast<std::uint32_t>(position);
  const auto value = get_le<std::uint32_t>({operand, 4}, 0);
  // Absolute operands are from 0 to the size of the file; those below 0 are relative ones that were
  // wrapped around. `value` is from -at to file_size - 1, or was not translated.
  const std::uint32_t translated = value + at < file_size + at ? 0xFFFFFFFFU : 0U;
  const std::uint32_t negative = 0U - (value >> 31U);
  const std::uint32_t change = (negative & file_size) | (~negative & (0U - at));
  const std::uint32_t plain = value + (change & translated);
  for (unsigned i = 0; i < 4; ++i) {
    operand[i] = static_cast<std::byte>(plain >> (8 * i));
  }
}

#if defined(__SSE2__)
using Vector [[gnu::vector_size(16)]] = char;

/// Bit i is set if byte i of the block is E8.
std::uint64_t calls_in(const std::byte* block) noexcept {
  std::uint64_t found = 0;
  for (unsigned i = 0; i < block_size; i += sizeof(Vector)) {
    Vector bytes = {};
    std::memcpy(&bytes, block + i, sizeof(bytes));
    const Vector calls = bytes == static_cast<char>(call_opcode);
    found |= std::uint64_t{static_cast<std::uint16_t>(__builtin_ia32_pmovmskb128(calls))} << i;
  }
  return found;
}
#else
/// Bit i is set if the i-th lowest byte is E8.
constexpr std::uint64_t calls_in_word(std::uint64_t word) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t low_bits = ones * 0x7F;
  const std::uint64_t zero_where_call = word ^ (ones * call_opcode);
  const std::uint64_t high_bit_where_call =
      ~(((zero_where_call & low_bits) + low_bits) | zero_where_call | low_bits);
  return (high_bit_where_call >> 7U) * 0x0102040810204080U >> 56U;
}
static_assert(calls_in_word(0xE800E7E9E8E801E8) == 0b10001101);

/// Bit i is set if byte i of the block is E8.
std::uint64_t calls_in(const std::byte* block) noexcept {
  std::uint64_t found = 0;
  for (unsigned i = 0; i < block_size; i += 8) {
    found |= calls_in_word(get_le<std::uint64_t>({block + i, 8}, 0)) << i;
  }
  return found;
}
#endif

}  // namespace

void undo_e8_translation(MutableBytes chunk) noexcept {
  if (chunk.size() <= untouched_end) {
    return;
  }
  std::byte* const bytes = chunk.data();
  const std::size_t end = chunk.size() - untouched_end;
  std::size_t at = 0;        // of a block
  unsigned operand_end = 0;  // in it: of an instruction that the block before ends with
  for (; block_size <= end - at; at += block_size) {
    std::uint64_t calls = calls_in(bytes + at) & (~std::uint64_t{0} << operand_end);
    operand_end = 0;
    while (calls != 0) {
      const auto position = static_cast<unsigned>(std::countr_zero(calls));
      undo_at(bytes, at + position);
      const unsigned next = position + instruction_size;
      if (next >= block_size) [[unlikely]] {
        operand_end = next - block_size;
        break;
      }
      calls &= ~std::uint64_t{0} << next;
    }
  }
  for (at += operand_end; at < end; ++at) {
    if (bytes[at] == std::byte{call_opcode}) {
      undo_at(bytes, at);
      at += instruction_size - 1;
    }
  }
}

}  // namespace casement::detail
