// SPDX-License-Identifier: Apache-2.0
// The images of a WIM as volumes.
#pragma once

#include <cstddef>

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"
#include "vfs/wim/wim_file.h"

namespace casement {

/// Images whose trees are opened unasked: media have about a dozen, collections of all editions a
/// few dozen. A WIM that claims thousands must not cost thousands of times what one costs.
inline constexpr std::size_t max_wim_trees = 128;

/// Appends one layer, and one volume an image; sets OpenedImage::wim. An image whose tree cannot be
/// read, or that is behind max_wim_trees, stays in the list with its reason. Errors as
/// WimFile::open().
Result<void> add_wim(OpenedImage& image, const wim::WimLocation& location, const Limits& limits);

}  // namespace casement
