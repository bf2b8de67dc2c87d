// SPDX-License-Identifier: Apache-2.0
// The text by which a mount says what image it shows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "vfs/open/opener.h"

namespace casement::cli {

/// What open_image() takes, from any directory, to give what is mounted: the path absolute and
/// without links, and the one volume selected: "/images/install.wim#2", "/vm/disk.vhdx#p3".
/// `volume`: the position of the one that is mounted; nullopt: all of them.
std::string mount_source(const OpenedImage& opened, std::optional<std::size_t> volume);

}  // namespace casement::cli
