// SPDX-License-Identifier: Apache-2.0
// Statuses as the error numbers that system calls give.
#pragma once

#include "vfs/core/error.h"

namespace casement::cli {

/// ENOENT, EACCES, ...; EIO for damage and for everything that has no number of its own. Never 0.
int errno_of(Status status) noexcept;

/// Something is wrong with the image or with reading it: worth a line to whoever watches. Absence,
/// missing rights and what is not supported are answers.
bool is_damage(Status status) noexcept;

}  // namespace casement::cli
