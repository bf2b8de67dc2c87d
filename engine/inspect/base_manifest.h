// SPDX-License-Identifier: Apache-2.0
// What the compressed manifests of an installation's components are differences to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/image/image.h"
#include "vfs/core/result.h"

namespace casement {

/// Bytes of a base that are read at most; those that were seen have some 9 KiB.
inline constexpr std::uint32_t max_base_manifest = 1024 * 1024;

/// The base of compressed component manifests: resource 614, 1 of wcp.dll in its first language.
/// That of the newest servicing stack below WinSxS that has one, else of System32.
/// not_found: there is none; the message says where it was looked for. Else, when there is a
/// wcp.dll and none can be read, the error of the first.
Result<std::vector<std::byte>> read_base_manifest(const Image& image);

}  // namespace casement
