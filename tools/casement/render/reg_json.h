// SPDX-License-Identifier: Apache-2.0
// Registry data as JSON; README.md has the schema.
#pragma once

#include "tools/casement/render/json.h"
#include "tools/casement/render/reg_writer.h"

namespace casement::cli {

/// {"name": ..., "type": ..., "data": ..., "raw": ...} on one line.
void write_value(JsonWriter& json, const ReadValue& value);

}  // namespace casement::cli
