// SPDX-License-Identifier: Apache-2.0
// One member of a zip archive, wherever it lies.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/archive/archive_member.h"
#include "vfs/archive/archive_state.h"
#include "vfs/archive/unpacked.h"
#include "vfs/core/result.h"

namespace casement {

/// Unpacks one member; a stored one is a range of the archive and costs nothing. A wrong checksum
/// is the finding "archive-checksum"; the bytes are given. corrupt, truncated: there is no local
/// header. unsupported: encrypted, or a method that libarchive does not know (Deflate64).
/// limit_exceeded: it would unpack to more than is believable, or than there is room for.
/// Precondition: the member's place is a ZipMember.
Result<Unpacked> unpack_zip_member(ArchiveState& state, std::uint32_t member,
                                   const std::string& name);

}  // namespace casement
