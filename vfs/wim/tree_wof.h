// SPDX-License-Identifier: Apache-2.0
// Files of CompactOS that were captured as they lie on their volume.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vfs/core/byte_source.h"
#include "vfs/core/bytes.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/wim/chunk_layout.h"

namespace casement::wim {

/// The named stream that holds the content, compressed; the unnamed one is a hole of the same size.
/// Windows hides both and the reparse point from programs, so imaging tools for Windows store plain
/// files. A tool that reads the volume by itself, such as wimlib on Linux, stores what is there.
inline constexpr std::u16string_view wof_stream_name = u"WofCompressedData";

/// How the stream is packed, by the reparse data (without its 8-byte header). unsupported: the
/// content is in a WIM outside of the volume (WIMBoot), or a version or algorithm that is not
/// known.
Result<ResourceFormat> parse_wof_data(Bytes reparse_data);

/// The plain bytes, `plain_size` of them. The stream is laid out like a compressed resource of a
/// WIM. corrupt: it cannot hold the table of so many chunks.
Result<SourcePtr> open_wof_stream(SourcePtr packed, const ResourceFormat& format,
                                  std::uint64_t plain_size, const Limits& limits);

}  // namespace casement::wim
