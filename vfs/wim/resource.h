// SPDX-License-Identifier: Apache-2.0
// Resources: packed bytes in one file of a WIM as plain bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/source/large_bytes.h"
#include "vfs/wim/chunk_layout.h"
#include "vfs/wim/part_header.h"
#include "vfs/wim/read_state.h"

namespace casement::wim {

/// What a resource's bytes are counted as.
enum class ResourceUse : std::uint8_t { metadata, blob };

/// One resource.
struct ResourceSpec {
  SourcePtr file;
  ResourceLocation location;  // `size` is the true plain size, of solid resources too
  ResourceFormat format;      // used when the resource is compressed
  ResourceUse use = ResourceUse::blob;
  std::uint64_t cache_owner = 0;  // no other resource has it
  std::string label;              // for messages: "blob 0123..."

  /// "install.wim / blob 0123..."
  std::string describe() const;
};

/// Whether it is stored in chunks; else it is stored as it is.
bool is_chunked(const ResourceSpec& spec) noexcept;

/// The plain bytes, decoded as they are read. Whole chunks are decoded straight into the reader's
/// memory; chunks that are read in part are kept in `state`. Reads nothing; but of a solid resource
/// the chunk table. truncated: outside of its file. corrupt: sizes that contradict each other.
/// unsupported: a resource that spans files, a chunk size that the compression does not have.
Result<SourcePtr> open_resource(const ResourceSpec& spec, const ReadStatePtr& state,
                                const Limits& limits);

/// All plain bytes. limit_exceeded: more than `max_size`.
Result<LargeBytes> read_resource(const ResourceSpec& spec, const ReadStatePtr& state,
                                 const Limits& limits, std::uint64_t max_size);

/// truncated, unsupported: it does not lie in its file, or not in one file.
Result<void> check_place(const ResourceSpec& spec);

/// What every reader of a resource checks first: its place, and that plain and stored size can both
/// be true.
Result<void> check_resource(const ResourceSpec& spec);

/// The whole chunk table as ChunkOffsets wants it; `layout` is adjusted to what a solid resource's
/// table says. limit_exceeded: larger than Limits::max_table_size.
Result<std::vector<std::byte>> read_chunk_table(const ResourceSpec& spec, ChunkLayout& layout,
                                                const Limits& limits);

/// limit_exceeded: memory for the plain bytes of a chunk that its stored bytes do not justify.
Result<void> check_chunk_memory(const ChunkPlace& place);

/// Decodes one chunk into `out` (its plain size). `codec` is null when nothing is compressed: then
/// every chunk must be raw.
Result<void> decode_chunk(const WimCodec* codec, Bytes packed, MutableBytes out);

}  // namespace casement::wim
