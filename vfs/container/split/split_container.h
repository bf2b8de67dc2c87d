// SPDX-License-Identifier: Apache-2.0
// Raw images in several files: disk.001, disk.002, ...
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// Whether the file is a segment of a split image: by its name, because raw segments have no
/// signature, and by its neighbours. The first segment must be there and a later one, which must
/// not be larger; or the first is missing, the counter begins with zero and the segment before or
/// behind is there. A file alone is no segment. Ask before formats that are known by their content:
/// the first segment of a split VHDX looks like a VHDX.
Result<bool> probe_split(const ContainerFile& file);

/// Joins all segments, from whichever was named ("split-not-first" when it was not the first). All
/// but the last have the size of the first. A gap ends the disk ("split-gap"), even
/// one behind the first segment. Without the first segment the disk is the bytes of the named file
/// ("split-first-missing"). corrupt: a segment
/// in the middle has another size, so that what follows would be in the wrong place. not_found: the
/// file is no segment. limit_exceeded: more than Limits::max_segments.
Result<OpenedContainer> open_split(const ContainerFile& file, const ContainerContext& context);

inline constexpr ContainerFormat split_format{"split", probe_split, open_split};

}  // namespace casement
