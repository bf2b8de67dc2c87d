// SPDX-License-Identifier: Apache-2.0
// What an entry says of its file, and the bytes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/digest.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/dentry_streams.h"
#include "vfs/wim/tree_image.h"

namespace casement::wim {

/// Everything but the link count. A content that no part has: size 0, and the finding
/// "wim-missing-blob". Errors: those of the blob table.
Result<NodeInfo> node_info(const TreeImage& image, const Dentry& dentry,
                           const UnnamedStreams& streams);

/// The main stream unless it is a directory, then the named ones. Names that may not be, and the
/// second of one name, are left out with the finding "wim-stream"; so are those behind damage.
Result<std::vector<StreamInfo>> stream_infos(const TreeImage& image, const Dentry& dentry,
                                             const DentryStreams& streams);

/// Errors: as FileSystem::open().
Result<SourcePtr> open_stream(const TreeImage& image, const Dentry& dentry,
                              const DentryStreams& streams, std::u16string_view name);

/// With its header. Absolute targets that were made relative to the image's root ("\??\D:\Users" of
/// a volume that was D: then) get the substitute name "\Users"; all else is as stored.
/// not_a_reparse_point; not_found: no part has it; corrupt: more than Windows allows.
Result<std::vector<std::byte>> reparse_buffer(const TreeImage& image, const Dentry& dentry,
                                              const UnnamedStreams& streams);

}  // namespace casement::wim
