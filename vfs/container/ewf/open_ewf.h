// SPDX-License-Identifier: Apache-2.0
// From a set of EWF segments to the medium they were taken from.
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// The signature of an E01, s01, L01, Ex01 or Lx01 file, or of AD encryption: all of them are ours
/// to open or to refuse.
Result<bool> probe_ewf(const ContainerFile& file);

/// Opens the image with all its segments; any of them may be given. What is damaged or missing is a
/// finding, and reads fail where it lies. unsupported: logical evidence (L01), EWF version 2
/// (Ex01), AD encryption. Others: see read_segments().
Result<OpenedContainer> open_ewf(const ContainerFile& file, const ContainerContext& context);

/// The row of the table of formats.
inline constexpr ContainerFormat ewf_format{"ewf", probe_ewf, open_ewf};

}  // namespace casement
