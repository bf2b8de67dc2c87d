// SPDX-License-Identifier: Apache-2.0
// From a QCOW image to its disk.
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// The file begins with "QFI\xFB".
Result<bool> probe_qcow2(const ContainerFile& file);

/// Opens the image, its backing files and its data file. bad_format, unsupported, corrupt,
/// truncated, limit_exceeded: see Qcow2Header. not_found: a backing file or a data file is not
/// there; errors of backing files are passed on.
Result<OpenedContainer> open_qcow2(const ContainerFile& file, const ContainerContext& context);

/// The row of the table of formats.
inline constexpr ContainerFormat qcow2_format{"qcow2", probe_qcow2, open_qcow2};

}  // namespace casement
