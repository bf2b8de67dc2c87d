// SPDX-License-Identifier: Apache-2.0
// From a directory to the calls of a ListWriter.
#pragma once

#include "tools/casement/commands/image_files.h"
#include "tools/casement/messages.h"
#include "tools/casement/output.h"
#include "tools/casement/render/list_writer.h"

namespace casement::cli {

/// Lists what `start` is, or what is in it, as `options` say. Entries are written as they are met;
/// nothing is held. Damage is reported with its place and left out.
/// An error: nothing could be listed. False: nothing can be written any more.
Result<bool> list_files(const FoundFile& start, const LsOptions& options, ListWriter& writer,
                        Output& output, DamageReport& damage);

}  // namespace casement::cli
