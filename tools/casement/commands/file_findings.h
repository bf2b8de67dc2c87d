// SPDX-License-Identifier: Apache-2.0
// What file systems noticed while a command read them.
#pragma once

#include "tools/casement/commands/image_files.h"
#include "tools/casement/messages.h"

namespace casement::cli {

/// Says the warnings and errors that came up since the image was opened, on the volume of `found`
/// and on that of rooted paths. Those of opening itself are about a volume as a whole, and are
/// left to `casement info`. Damage is counted in `damage`; finish() is left to the caller.
/// `found`: null when there is no such node.
void report_findings(const ImageFiles& files, const FoundFile* found, DamageReport& damage);

}  // namespace casement::cli
