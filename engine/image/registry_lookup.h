// SPDX-License-Identifier: Apache-2.0
// From a registry path of the running system to a key of a hive file.
#pragma once

#include <optional>
#include <string_view>

#include "engine/image/image.h"
#include "engine/image/registry_path.h"

namespace casement {

/// Symbolic links followed while resolving one path: as many as Windows follows reparse points.
inline constexpr int max_registry_links = 63;

/// Image::find_key. too_many_links: a cycle of symbolic links.
Result<std::optional<Image::LocatedKey>> locate_key(const Image& image,
                                                    std::u16string_view registry_path);

}  // namespace casement
