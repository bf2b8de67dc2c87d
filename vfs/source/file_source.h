// SPDX-License-Identifier: Apache-2.0
// A regular file of the host as a source.
#pragma once

#include <string>

#include "vfs/core/byte_source.h"

namespace casement {

/// Opens `path` read-only. not_found, path_not_found, access_denied, not_a_directory as the host
/// says; invalid_argument for anything but a regular file or a block device. The size is taken
/// once; a file that shrinks later gives io_failed, never a signal.
Result<SourcePtr> open_file_source(const std::string& path);

/// Takes ownership of `fd`, a descriptor open for reading; `name` is used in messages.
Result<SourcePtr> adopt_file_source(int fd, std::string name);

/// "No such file or directory": the host's text for an errno.
std::string errno_text(int error);

/// The Status for a host errno.
Status status_from_errno(int error) noexcept;

}  // namespace casement
