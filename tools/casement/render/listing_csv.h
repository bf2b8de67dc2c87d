// SPDX-License-Identifier: Apache-2.0
// Lists and facts as CSV.
#pragma once

#include <functional>

#include "tools/casement/output.h"
#include "tools/casement/render/listing.h"

namespace casement::cli {

/// The names of the fields, then a record an item. Several texts in a cell have "; " between them;
/// items within an item are left out. `evidence`: three more columns, of the first fact cited.
void write_csv(Output& output, const Listing& listing, bool evidence);

/// Records of `fact` and `value`; `evidence`: likewise.
void write_facts_csv(Output& output, const std::function<void(FieldSink& sink)>& describe,
                     bool evidence);

}  // namespace casement::cli
