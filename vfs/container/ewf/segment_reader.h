// SPDX-License-Identifier: Apache-2.0
// From one segment of an EWF image to all of them.
#pragma once

#include <memory>

#include "vfs/container/container.h"
#include "vfs/container/ewf/collector.h"
#include "vfs/container/ewf/segment_set.h"

namespace casement {

/// An image whose segments have been gone through.
struct EwfImage {
  EwfContents contents;
  std::shared_ptr<const SegmentSet> segments;
};

/// The number that a segment says it has. bad_format: no signature of an E01 or s01 file.
/// truncated; corrupt: no number.
Result<std::uint32_t> read_segment_number(const ByteSource& segment);

/// Finds and reads all segments of the image that `file` is one of. What is missing or damaged is a
/// finding. not_found: the first segment is not there. limit_exceeded: more segments than
/// Limits::max_segments, or larger tables than Limits::max_table_size. corrupt, truncated: nothing
/// says what the medium is.
Result<EwfImage> read_segments(const ContainerFile& file, const Limits& limits,
                               Diagnostics& findings);

}  // namespace casement
