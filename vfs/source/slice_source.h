// SPDX-License-Identifier: Apache-2.0
// A range of another source: a partition, an embedded image.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/byte_source.h"

namespace casement {

/// `length` bytes of `parent` from `offset`. truncated when the parent does not hold them all.
/// `label` joins the parent's description: "disk.vhd / partition 2".
Result<SourcePtr> make_slice_source(SourcePtr parent, std::uint64_t offset, std::uint64_t length,
                                    std::string label);

}  // namespace casement
