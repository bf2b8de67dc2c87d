// SPDX-License-Identifier: Apache-2.0
// Content of which only the beginning could be had.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"

namespace casement {

/// `size` bytes that begin with those of `begin`. Reading behind them gives `damage`, with the
/// position where the content ends. Precondition: `begin` is not null and not longer than `size`.
SourcePtr make_partial_source(SourcePtr begin, std::uint64_t size, Error damage);

}  // namespace casement
