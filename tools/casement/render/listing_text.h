// SPDX-License-Identifier: Apache-2.0
// Lists as tables, and one item as labels and values.
#pragma once

#include <functional>
#include <string>

#include "tools/casement/render/listing.h"

namespace casement::cli {

/// `evidence`: a note below each item. Without items: a line that says so.
void append_table(std::string& out, const Listing& listing, bool evidence);

/// What is known of one item; items within it as tables.
void append_details(std::string& out, const std::function<void(FieldSink& sink)>& describe,
                    bool evidence);

}  // namespace casement::cli
