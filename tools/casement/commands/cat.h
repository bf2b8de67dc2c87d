// SPDX-License-Identifier: Apache-2.0
// `casement cat`.
#pragma once

#include <functional>
#include <string_view>

#include "tools/casement/args.h"
#include "vfs/core/byte_source.h"

namespace casement::cli {

/// Writes the bytes of a stream; errors go to standard error.
ExitCode run_cat(const CatOptions& options, Output& output);

/// Takes the next bytes; false: it wants no more.
using ByteSink = std::function<Result<bool>(std::string_view)>;

/// Gives `range` of the source to `sink`, in pieces of at most 1 MiB. Where a piece cannot be read
/// what comes before the damage is still given, to 512 bytes exactly.
/// invalid_argument: the range begins behind the end; one that ends behind it ends there. The
/// sink's errors; those of the source, which say at which offset.
Result<void> copy_bytes(const ByteSource& source, const ByteRange& range, const ByteSink& sink);

}  // namespace casement::cli
