// SPDX-License-Identifier: Apache-2.0
// Requests that list directories.
#pragma once

#include <cstddef>

#include "tools/casement/fuse/fuse_api.h"

namespace casement::cli {

void open_directory(fuse_req_t request, fuse_ino_t number, fuse_file_info* info) noexcept;
void read_directory(fuse_req_t request, fuse_ino_t number, std::size_t size, off_t offset,
                    fuse_file_info* info) noexcept;
/// With the facts of each entry, which the kernel then does not ask for one by one.
void read_directory_plus(fuse_req_t request, fuse_ino_t number, std::size_t size, off_t offset,
                         fuse_file_info* info) noexcept;
void release_directory(fuse_req_t request, fuse_ino_t number, fuse_file_info* info) noexcept;

}  // namespace casement::cli
