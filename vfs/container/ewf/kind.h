// SPDX-License-Identifier: Apache-2.0
// Which of the formats that are called EWF it is.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"

namespace casement {

enum class EwfKind : std::uint8_t {
  none,
  image,       // E01, s01
  logical,     // L01
  image_v2,    // Ex01
  logical_v2,  // Lx01
  encrypted    // AD encryption of FTK Imager, under the same names
};

/// By the signature alone.
Result<EwfKind> read_ewf_kind(const ByteSource& file);

/// ok for an image. unsupported: one of the others, with the reason. bad_format: none of them.
Result<void> refuse_other_kinds(EwfKind kind);

}  // namespace casement
