// SPDX-License-Identifier: Apache-2.0
// What is said of the machine that an installation is on.
#pragma once

#include "engine/inspect/system_facts.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

void describe_machine(const SystemFacts& facts, FieldSink& sink);

}  // namespace casement::cli
