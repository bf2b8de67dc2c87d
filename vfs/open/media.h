// SPDX-License-Identifier: Apache-2.0
// Installation media: the WIM that is on them.
#pragma once

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"

namespace casement {

/// When one of the volumes is an optical medium with \sources\install.wim (.esd, .swm), or else
/// \sources\boot.wim, opens that in place: its images follow the medium's own volume. A WIM that
/// cannot be opened is a finding ("media-wim"). The boot catalog of the medium becomes a layer.
Result<void> add_media(OpenedImage& image, const Limits& limits);

}  // namespace casement
