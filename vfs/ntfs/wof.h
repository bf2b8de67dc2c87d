// SPDX-License-Identifier: Apache-2.0
// Files that the Windows Overlay Filter keeps: CompactOS and WIMBoot.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/codec/wim_codec.h"
#include "vfs/core/byte_source.h"
#include "vfs/ntfs/node.h"

namespace casement::ntfs {

enum class WofAlgorithm : std::uint8_t { xpress_4k, lzx_32k, xpress_8k, xpress_16k };

/// What the reparse point of a WOF file says.
struct WofReparse {
  /// Set: the file provider, whose data is the stream "WofCompressedData". Not set: the WIM
  /// provider, whose data is in a WIM elsewhere.
  std::optional<WofAlgorithm> algorithm;
  std::uint64_t wim_source_id = 0;  // WIM provider: which entry of WimOverlay.dat
};

/// Parses a reparse buffer (with its 8-byte header) of the WOF tag. truncated; corrupt: another
/// tag; unsupported: a version, provider or algorithm that is not known.
Result<WofReparse> parse_wof_reparse(Bytes buffer);

/// Bytes of a plain chunk.
std::uint32_t wof_chunk_size(WofAlgorithm algorithm) noexcept;

/// The stream that holds the compressed chunks.
inline constexpr char16_t wof_stream_name[] = u"WofCompressedData";

/// The plain bytes of a file, `plain_size` of them. corrupt: `compressed` cannot hold the table of
/// so many chunks. A damaged chunk fails its own reads only. The source is thread-safe and stays
/// usable after `node` is gone.
Result<SourcePtr> open_wof(const NtfsNode& node, const AttributeChain& compressed,
                           WofAlgorithm algorithm, std::uint64_t plain_size);

}  // namespace casement::ntfs
