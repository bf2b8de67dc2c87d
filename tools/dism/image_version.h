// SPDX-License-Identifier: Apache-2.0
// The version of an image as the banner has it.
#pragma once

#include <cstdint>
#include <string>

#include "engine/inspect/identity.h"

namespace casement::dism {

/// "10.0.19045.3803"; before Windows 10 the revision is that of the build's name: "6.1.7601.17514".
/// Four numbers always: what is not known is 0.
std::string image_version(const Identity& identity);

/// Whether the image is of Windows `major`.`minor` or a later one; an unknown version is.
bool at_least(const Identity& identity, std::uint32_t major, std::uint32_t minor) noexcept;
/// Whether its build is that or a later one; an unknown one is.
bool build_at_least(const Identity& identity, std::uint32_t build);

}  // namespace casement::dism
