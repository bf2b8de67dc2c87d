// SPDX-License-Identifier: Apache-2.0
// Findings as members of documents.
#pragma once

#include "tools/casement/commands/finding_list.h"
#include "tools/casement/render/json.h"

namespace casement::cli {

/// "findings", each with its source, and "findings_dropped".
void write_findings(JsonWriter& json, const FindingList& findings);

/// "findings" alone, where there is one source.
void write_findings(JsonWriter& json, const Diagnostics& findings);

}  // namespace casement::cli
