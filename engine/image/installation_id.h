// SPDX-License-Identifier: Apache-2.0
// A name for an installation that stays the same from run to run.
#pragma once

#include <string>

#include "engine/image/facts.h"
#include "engine/image/installation.h"
#include "vfs/open/opener.h"

namespace casement {

/// 16 hex digits: a hash of the volume's identity (its place in the image where it has none), the
/// Windows directory, and MachineGuid or the install date.
std::string installation_id(const Volume& volume, const Installation& installation,
                            const InstallationFacts& facts);

}  // namespace casement
