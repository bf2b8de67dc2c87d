// SPDX-License-Identifier: Apache-2.0
// What LZX compressors do to x86 code before they compress it.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement::detail {

inline constexpr std::uint8_t call_opcode = 0xE8;

/// Makes the operands of E8 (call) instructions relative again. Compressors make them absolute, so
/// that calls of one function look alike: as if each chunk of a WIM was a file of 12,000,000 bytes
/// from its start. Chunks of 2^31 bytes and more there are none.
/// Source: [MS-PATCH] 2; wimlib's lzx_common.c for the constant.
void undo_e8_translation(MutableBytes chunk) noexcept;

}  // namespace casement::detail
