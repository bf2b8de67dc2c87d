// SPDX-License-Identifier: Apache-2.0
// An installation described as the XML data of a WIM describes images.
#pragma once

#include "engine/inspect/identity.h"
#include "vfs/core/diagnostics.h"
#include "vfs/wim/image_claims.h"

namespace casement {

/// What the registry knows, with index 1. Facts that are not there are empty or nullopt.
wim::ImageClaims claims_of(const Identity& identity);

/// Where a WIM says something else of its image than the registry in it ("wim-claims"): edition,
/// installation type, product type, version and architecture, each only where both are known.
Diagnostics compare_claims(const wim::ImageClaims& claimed, const Identity& identity);

}  // namespace casement
