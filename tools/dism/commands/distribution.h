// SPDX-License-Identifier: Apache-2.0
// Setup media that /Distribution names.
#pragma once

#include <string>

#include "engine/inspect/intl.h"
#include "tools/dism/context.h"

namespace casement::dism {

/// The languages of a directory with Setup's files, or of an ISO. path_not_found: it has no
/// sources\lang.ini. Else as open_image() and parse_lang_ini().
Result<DistributionLanguages> read_distribution(Context& context, const std::string& path);

}  // namespace casement::dism
