// SPDX-License-Identifier: Apache-2.0
// The signature of a catalog.
#pragma once

#include "engine/servicing/catalog.h"
#include "vfs/core/bytes.h"

namespace casement {

/// Fills seal, signer, and findings about them. `content` is what is signed: the list without its
/// own tag and length.
void read_catalog_seal(Bytes file, Bytes content, Catalog& catalog);

}  // namespace casement
