// SPDX-License-Identifier: Apache-2.0
// What readers of resources have in common.
#include "vfs/wim/resource.h"

#include <fmt/format.h>

#include <cstring>
#include <memory>
#include <utility>

#include "vfs/source/memory_source.h"
#include "vfs/source/slice_source.h"
#include "vfs/wim/resource_source.h"

namespace casement::wim {

namespace flag = wim_layout::resource_flag;

namespace {

/// Memory for a chunk above this must be justified: ESD files have chunks of 64 MiB, the format
/// knows 1 GiB.
constexpr std::uint32_t max_unjustified_chunk = 64U << 20;
/// Some data does shrink by more, but not in chunks as large as that.
constexpr std::uint32_t max_large_chunk_ratio = 1024;

}  // namespace

std::string ResourceSpec::describe() const {
  return fmt::format("{} / {}", file->describe(), label);
}

bool is_chunked(const ResourceSpec& spec) noexcept {
  return spec.location.has(flag::compressed) || spec.format.table == ChunkTableKind::solid;
}

Result<void> check_place(const ResourceSpec& spec) {
  const ResourceLocation& place = spec.location;
  if (place.has(flag::spanned)) {
    return fail(Status::unsupported,
                fmt::format("{}: it is spread over several files", spec.describe()));
  }
  if (!in_range(spec.file->size(), place.offset, place.stored_size)) {
    return fail(Status::truncated,
                fmt::format("{}: {} bytes at 0x{:x}, but the file ends at 0x{:x}", spec.describe(),
                            place.stored_size, place.offset, spec.file->size()));
  }
  return {};
}

Result<void> check_resource(const ResourceSpec& spec) {
  CASEMENT_TRY(check_place(spec));
  const ResourceLocation& place = spec.location;
  if (!is_chunked(spec)) {
    if (place.size != place.stored_size) {
      return fail(Status::corrupt, fmt::format("{}: not compressed, but {} bytes stored for {} "
                                               "plain ones",
                                               spec.describe(), place.stored_size, place.size));
    }
    return {};
  }
  if (place.size == 0) {
    return {};
  }
  if (spec.format.compression == Compression::none && spec.format.table != ChunkTableKind::solid) {
    return fail(Status::corrupt,
                fmt::format("{}: compressed, in a file without compression", spec.describe()));
  }
  CASEMENT_TRY(ChunkLayout::make(place, spec.format).with_context([&] { return spec.describe(); }));
  return {};
}

Result<SourcePtr> open_resource(const ResourceSpec& spec, const ReadStatePtr& state,
                                const Limits& limits) {
  CASEMENT_TRY(check_resource(spec));
  if (spec.location.size == 0) {
    return make_memory_source({}, spec.describe());
  }
  if (!is_chunked(spec)) {
    return make_slice_source(spec.file, spec.location.offset, spec.location.size, spec.label);
  }
  return make_resource_source(spec, state, limits);
}

Result<LargeBytes> read_resource(const ResourceSpec& spec, const ReadStatePtr& state,
                                 const Limits& limits, std::uint64_t max_size) {
  const SourcePtr source = CASEMENT_TRY(open_resource(spec, state, limits));
  if (source->size() > max_size) {
    return fail(Status::limit_exceeded, fmt::format("{}: {} bytes, more than the limit of {}",
                                                    spec.describe(), source->size(), max_size));
  }
  LargeBytes bytes(static_cast<std::size_t>(source->size()));
  CASEMENT_TRY(source->read(0, bytes));
  return bytes;
}

Result<std::vector<std::byte>> read_chunk_table(const ResourceSpec& spec, ChunkLayout& layout,
                                                const Limits& limits) {
  if (layout.table_size > limits.max_table_size) {
    return fail(Status::limit_exceeded,
                fmt::format("{}: a chunk table of {} bytes, more than the limit of {}",
                            spec.describe(), layout.table_size, limits.max_table_size));
  }
  std::vector<std::byte> table(static_cast<std::size_t>(layout.table_size));
  CASEMENT_TRY(spec.file->read(spec.location.offset + layout.table_offset, table).with_context([&] {
    return fmt::format("{}: chunk table", spec.describe());
  }));
  if (spec.format.table == ChunkTableKind::solid) {
    return sum_chunk_sizes(layout, table).with_context([&] { return spec.describe(); });
  }
  return table;
}

Result<void> check_chunk_memory(const ChunkPlace& place) {
  if (place.plain_size > max_unjustified_chunk &&
      place.plain_size / max_large_chunk_ratio > place.stored_size) {
    return fail(Status::limit_exceeded, fmt::format("a chunk of {} bytes is said to hold {}",
                                                    place.stored_size, place.plain_size));
  }
  return {};
}

Result<void> decode_chunk(const WimCodec* codec, Bytes packed, MutableBytes out) {
  if (packed.size() == out.size()) {
    std::memcpy(out.data(), packed.data(), packed.size());
    return {};
  }
  if (codec == nullptr) {
    return fail(Status::corrupt,
                fmt::format("{} bytes for {} plain ones, but nothing is compressed", packed.size(),
                            out.size()));
  }
  return codec->decompress(packed, out);
}

}  // namespace casement::wim
