// SPDX-License-Identifier: Apache-2.0
// The groups of facts that read_identity() is made of. Each fills its own fields and reports what
// is wrong with them; none needs another but where it says so.
#pragma once

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/identity.h"

namespace casement {

/// Product, version, build, edition, owner, dates: SOFTWARE's CurrentVersion.
void read_product(FactReader& reader, Identity& identity);

/// Architecture: the kernel's PE header, else what the registry says. After read_product().
void read_architecture(FactReader& reader, Identity& identity);

/// Host name, time zone, product type, last shutdown: SYSTEM. After read_product().
void read_machine(FactReader& reader, Identity& identity);

/// Default and installed languages: SYSTEM.
void read_languages(FactReader& reader, Identity& identity);

}  // namespace casement
