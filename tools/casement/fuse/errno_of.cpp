// SPDX-License-Identifier: Apache-2.0
// The table of error numbers.
#include "tools/casement/fuse/errno_of.h"

#include <cerrno>

namespace casement::cli {

int errno_of(Status status) noexcept {
  switch (status) {
    case Status::not_found:
    case Status::path_not_found:
      return ENOENT;
    case Status::access_denied:
      return EACCES;
    case Status::not_a_directory:
      return ENOTDIR;
    case Status::name_too_long:
      return ENAMETOOLONG;
    case Status::too_many_links:
      return ELOOP;
    case Status::unsupported:
      return EOPNOTSUPP;
    case Status::invalid_argument:
    case Status::not_a_reparse_point:
      return EINVAL;
    case Status::limit_exceeded:
      return EOVERFLOW;
    default:
      return EIO;
  }
}

bool is_damage(Status status) noexcept {
  return errno_of(status) == EIO || status == Status::limit_exceeded;
}

}  // namespace casement::cli
