// SPDX-License-Identifier: Apache-2.0
// Whether a block is the header of a tar member.
#pragma once

#include "vfs/core/bytes.h"

namespace casement {

/// True when the checksum is right and the fields are text of tar: the checksum alone is weak.
/// `block` may be of any length; only its first 512 bytes count.
bool is_tar_header(Bytes block) noexcept;

}  // namespace casement
