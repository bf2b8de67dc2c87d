// SPDX-License-Identifier: Apache-2.0
// What the JSON of `casement ls` and `casement stat` has in common; README.md describes it.
#pragma once

#include "tools/casement/render/json.h"
#include "tools/casement/render/list_writer.h"

namespace casement::cli {

/// The members of an entry, into an object that is open. `path` was escaped for JSON; empty: it is
/// not known.
void write_entry_members(JsonWriter& json, std::string_view path, const ListedEntry& entry);

/// "streams": name, size and allocated_size of each.
void write_streams(JsonWriter& json, const std::vector<StreamInfo>& streams);

}  // namespace casement::cli
