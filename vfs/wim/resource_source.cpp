// SPDX-License-Identifier: Apache-2.0
// Finding chunks, decoding whole ones in place, keeping those that are read in part.
#include "vfs/wim/resource_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace casement::wim {
namespace {

/// Chunks up to this size are kept in the cache of many.
constexpr std::uint32_t max_small_chunk = 1U << 20;
/// Packed bytes that are read from the file at once.
constexpr std::uint64_t max_run_size = 1U << 20;
/// Entries of a chunk table that are read and kept at once: those of 32 MiB in the usual chunks.
constexpr std::uint64_t window_entries = 1024;
/// Cache indexes from here on are windows of chunk tables; chunks have smaller ones (fewer than
/// 2^56, as each takes a byte of its file).
constexpr std::uint64_t first_window_index = std::uint64_t{1} << 63;
class ResourceSource final : public ByteSource {
 public:
  /// `offsets`: the whole table; empty when it is read in windows.
  ResourceSource(ResourceSpec spec, ReadStatePtr state, ChunkLayout layout, CodecPtr codec,
                 std::vector<std::byte> offsets)
      : spec_(std::move(spec)),
        state_(std::move(state)),
        layout_(layout),
        codec_(std::move(codec)),
        offsets_(std::move(offsets)) {}

  std::uint64_t size() const noexcept override { return layout_.size; }
  std::string describe() const override { return spec_.describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    while (!out.empty()) {
      const std::uint64_t index = offset / layout_.chunk_size;
      const auto within = static_cast<std::size_t>(offset % layout_.chunk_size);
      const std::size_t plain_size = layout_.plain_size(index);
      const std::size_t count = within == 0 && out.size() >= plain_size
                                    ? CASEMENT_TRY(read_whole(index, out))
                                    : CASEMENT_TRY(read_part(index, within, out));
      offset += count;
      out = out.subspan(count);
    }
    return {};
  }

  /// Decodes chunks from `first` on that fit into `out` and can be read at once; gives their plain
  /// size. Precondition: the first one fits.
  Result<std::size_t> read_whole(std::uint64_t first, MutableBytes out) const {
    std::vector<ChunkPlace> places;
    std::size_t plain_size = 0;
    for (std::uint64_t index = first; index < layout_.chunk_count; ++index) {
      const std::size_t next_size = layout_.plain_size(index);
      if (out.size() - plain_size < next_size) {
        break;
      }
      auto place = find_chunk(index);
      if (!place) {
        if (places.empty()) {
          return std::unexpected(std::move(place).error());
        }
        break;  // what is before it can be read
      }
      if (!places.empty() &&
          place->offset + place->stored_size - places.front().offset > max_run_size) {
        break;
      }
      places.push_back(*place);
      plain_size += next_size;
    }
    if (places.size() == 1 && places.front().is_raw()) {
      CASEMENT_TRY(spec_.file->read(position(places.front()), out.first(plain_size)));
      return plain_size;
    }
    CASEMENT_TRY(decode_run(first, places, out));
    count_decoded(plain_size);
    return plain_size;
  }

  Result<void> decode_run(std::uint64_t first, std::span<const ChunkPlace> places,
                          MutableBytes out) const {
    const std::uint64_t start = places.front().offset;
    const auto run_size =
        static_cast<std::size_t>(places.back().offset + places.back().stored_size - start);
    const auto run = std::make_unique_for_overwrite<std::byte[]>(run_size);
    const MutableBytes packed(run.get(), run_size);
    CASEMENT_TRY(spec_.file->read(position(places.front()), packed));
    std::size_t done = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const ChunkPlace& place = places[i];
      CASEMENT_TRY(
          decode(first + i,
                 packed.subspan(static_cast<std::size_t>(place.offset - start), place.stored_size),
                 out.subspan(done, place.plain_size)));
      done += place.plain_size;
    }
    return {};
  }

  /// Reads what `out` wants of one chunk, from its byte `within` on; gives how many those are.
  Result<std::size_t> read_part(std::uint64_t index, std::size_t within, MutableBytes out) const {
    const std::size_t plain_size = layout_.plain_size(index);
    const std::size_t count = std::min(out.size(), plain_size - within);
    const ChunkPlace place = CASEMENT_TRY(find_chunk(index));
    if (place.is_raw()) {
      CASEMENT_TRY(spec_.file->read(position(place) + within, out.first(count)));
      return count;
    }
    const BlockCache::Key key{.owner = spec_.cache_owner, .index = index};
    const auto make = [&] { return decode_to_keep(index, place); };
    const BlockPtr block =
        plain_size <= max_small_chunk
            ? CASEMENT_TRY(state_->cache.get(key, std::cref(make)))
            : CASEMENT_TRY(state_->large_chunks.get(key, plain_size, std::cref(make)));
    if (block->size() != plain_size) {
      return fail(Status::corrupt, fmt::format("{}: chunk {} is not its own", describe(), index));
    }
    std::memcpy(out.data(), block->data() + within, count);
    return count;
  }

  Result<std::vector<std::byte>> decode_to_keep(std::uint64_t index,
                                                const ChunkPlace& place) const {
    CASEMENT_TRY(check_chunk_memory(place).with_context([&] { return describe(); }));
    std::vector<std::byte> packed(place.stored_size);
    CASEMENT_TRY(spec_.file->read(position(place), packed));
    std::vector<std::byte> plain(place.plain_size);
    CASEMENT_TRY(decode(index, packed, plain));
    count_decoded(plain.size());
    return plain;
  }

  Result<void> decode(std::uint64_t index, Bytes packed, MutableBytes out) const {
    return decode_chunk(codec_.get(), packed, out).with_context([&] {
      return fmt::format("{}: chunk {} of {}", describe(), index, layout_.chunk_count);
    });
  }

  Result<ChunkPlace> find_chunk(std::uint64_t index) const {
    const auto find = [&](Bytes entries, std::uint64_t first_entry) {
      return ChunkOffsets(layout_, entries, first_entry).find(index).with_context([&] {
        return describe();
      });
    };
    if (layout_.chunk_count == 1 || !offsets_.empty()) {
      return find(offsets_, 0);
    }
    // Windows overlap by one entry: a chunk needs the one before it and its own.
    const std::uint64_t window = index / window_entries;
    const std::uint64_t first_entry = window == 0 ? 0 : window * window_entries - 1;
    const std::uint64_t end = std::min((window + 1) * window_entries, layout_.chunk_count - 1);
    const auto size = static_cast<std::size_t>((end - first_entry) * layout_.entry_size);
    const BlockPtr entries = CASEMENT_TRY(read_window(window, first_entry, size));
    if (entries->size() != size) {
      return fail(Status::corrupt, fmt::format("{}: chunk table is not its own", describe()));
    }
    return find(*entries, first_entry);
  }

  Result<BlockPtr> read_window(std::uint64_t window, std::uint64_t first_entry,
                               std::size_t size) const {
    const auto read = [&]() -> Result<std::vector<std::byte>> {
      std::vector<std::byte> entries(size);
      CASEMENT_TRY(spec_.file
                       ->read(spec_.location.offset + layout_.table_offset +
                                  first_entry * layout_.entry_size,
                              entries)
                       .with_context([&] { return fmt::format("{}: chunk table", describe()); }));
      return entries;
    };
    return state_->cache.get({.owner = spec_.cache_owner, .index = first_window_index + window},
                             std::cref(read));
  }

  std::uint64_t position(const ChunkPlace& place) const noexcept {
    return spec_.location.offset + place.offset;
  }

  void count_decoded(std::size_t bytes) const noexcept {
    auto& counter =
        spec_.use == ResourceUse::metadata ? state_->decoded_metadata : state_->decoded_blobs;
    counter.fetch_add(bytes, std::memory_order_relaxed);
  }

  ResourceSpec spec_;
  ReadStatePtr state_;
  ChunkLayout layout_;
  CodecPtr codec_;
  std::vector<std::byte> offsets_;
};

}  // namespace

Result<SourcePtr> make_resource_source(const ResourceSpec& spec, const ReadStatePtr& state,
                                       const Limits& limits) {
  ChunkLayout layout = CASEMENT_TRY(
      ChunkLayout::make(spec.location, spec.format).with_context([&] { return spec.describe(); }));
  CodecPtr codec = CASEMENT_TRY(
      state->codecs.get(spec.format.compression, spec.format.chunk_size).with_context([&] {
        return spec.describe();
      }));
  std::vector<std::byte> offsets;
  if (spec.format.table == ChunkTableKind::solid) {
    offsets = CASEMENT_TRY(read_chunk_table(spec, layout, limits));
  }
  return std::make_shared<ResourceSource>(spec, state, layout, std::move(codec),
                                          std::move(offsets));
}

}  // namespace casement::wim
