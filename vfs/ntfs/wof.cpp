// SPDX-License-Identifier: Apache-2.0
// WOF reparse points, chunk tables and chunks.
#include "vfs/ntfs/wof.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "vfs/fs/reparse_layout.h"
#include "vfs/ntfs/decoded_source.h"
#include "vfs/ntfs/stream.h"
#include "vfs/ntfs/wof_layout.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

/// By algorithm number.
constexpr std::array<std::uint32_t, 4> chunk_sizes = {4U << 10, 32U << 10, 8U << 10, 16U << 10};
/// Bytes of the chunk table that are read and kept at once.
constexpr std::uint32_t table_page_size = 16U << 10;
/// From this size on, table entries are 64 bits.
constexpr std::uint64_t large_file = std::uint64_t{1} << 32;

/// A chunk in its stream.
struct Chunk {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

class WofSource final : public DecodedSource {
 public:
  WofSource(const NtfsNode& node, const AttributeChain& compressed, WofAlgorithm algorithm,
            std::uint64_t plain_size, SourcePtr stream, std::shared_ptr<const WimCodec> codec)
      : DecodedSource(node, compressed, CachedBlock::wof_chunk, wof_chunk_size(algorithm),
                      plain_size),
        stream_(std::move(stream)),
        codec_(std::move(codec)),
        table_key_(cache_key(compressed, CachedBlock::wof_table, 0)),
        entry_size_(entry_size(plain_size)),
        chunk_count_(chunk_count(algorithm, plain_size)) {}

  static std::uint32_t entry_size(std::uint64_t plain_size) noexcept {
    return plain_size >= large_file ? sizeof(std::uint64_t) : sizeof(std::uint32_t);
  }
  /// Precondition: plain_size is not 0.
  static std::uint64_t chunk_count(WofAlgorithm algorithm, std::uint64_t plain_size) noexcept {
    return (plain_size - 1) / wof_chunk_size(algorithm) + 1;
  }
  static std::uint64_t table_size(WofAlgorithm algorithm, std::uint64_t plain_size) noexcept {
    return (chunk_count(algorithm, plain_size) - 1) * entry_size(plain_size);
  }

 private:
  Result<std::size_t> read_plain(std::uint64_t offset, MutableBytes out) const override {
    const std::uint64_t index = offset / block_size();
    const Chunk chunk = CASEMENT_TRY(find_chunk(index));
    if (chunk.size != plain_size(index)) {
      return std::size_t{0};
    }
    // A chunk that did not shrink is stored as it is.
    const std::uint64_t within = offset % block_size();
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), chunk.size - within));
    CASEMENT_TRY(stream_->read(chunk.offset + within, out.first(count)));
    return count;
  }

  Result<void> decode(std::uint64_t index, MutableBytes block) const override {
    const Chunk chunk = CASEMENT_TRY(find_chunk(index));
    std::vector<std::byte> packed(static_cast<std::size_t>(chunk.size));
    CASEMENT_TRY(stream_->read(chunk.offset, packed));
    return codec_->decompress(packed, block).with_context([&] {
      return fmt::format("{}: chunk {} of {}", describe(), index, chunk_count_);
    });
  }

  Result<Chunk> find_chunk(std::uint64_t index) const {
    const std::uint64_t table_size = (chunk_count_ - 1) * entry_size_;
    const std::uint64_t chunks_size = stream_->size() - table_size;
    // The table leaves out the first chunk's start, which is 0, and the last one's end.
    const std::uint64_t start = index == 0 ? 0 : CASEMENT_TRY(table_entry(index - 1));
    const std::uint64_t end =
        index + 1 == chunk_count_ ? chunks_size : CASEMENT_TRY(table_entry(index));
    if (start >= end || end > chunks_size || end - start > plain_size(index)) {
      return fail(
          Status::corrupt,
          fmt::format("{}: chunk {} of {} from 0x{:x} to 0x{:x}, expected 1 to {} bytes "
                      "before 0x{:x}",
                      describe(), index, chunk_count_, start, end, plain_size(index), chunks_size));
    }
    return Chunk{.offset = table_size + start, .size = end - start};
  }

  Result<std::uint64_t> table_entry(std::uint64_t entry) const {
    const std::uint64_t offset = entry * entry_size_;
    const std::uint64_t page = offset / table_page_size;
    const auto read_page = [this, page]() -> Result<std::vector<std::byte>> {
      const std::uint64_t from = page * table_page_size;
      const std::uint64_t table_size = (chunk_count_ - 1) * entry_size_;
      std::vector<std::byte> bytes(
          static_cast<std::size_t>(std::min<std::uint64_t>(table_page_size, table_size - from)));
      CASEMENT_TRY(stream_->read(from, bytes));
      return bytes;
    };
    const BlockPtr bytes = CASEMENT_TRY(volume().cache().get(
        {.owner = table_key_.owner, .index = table_key_.index | page}, std::cref(read_page)));
    const auto within = static_cast<std::size_t>(offset % table_page_size);
    if (!in_range(bytes->size(), within, entry_size_)) {
      return fail(Status::corrupt, fmt::format("{}: chunk table ends at entry {}", describe(),
                                               entry));  // another file's, by a damaged reference
    }
    return entry_size_ == sizeof(std::uint64_t) ? get_le<std::uint64_t>(*bytes, within)
                                                : get_le<std::uint32_t>(*bytes, within);
  }

  SourcePtr stream_;
  std::shared_ptr<const WimCodec> codec_;
  BlockCache::Key table_key_;
  std::uint32_t entry_size_;
  std::uint64_t chunk_count_;
};

}  // namespace

Result<WofReparse> parse_wof_reparse(Bytes buffer) {
  const auto header =
      CASEMENT_TRY(load<reparse_layout::Header>(buffer, 0, "WOF reparse point header"));
  if (header.tag.value() != reparse_tag::wof) {
    return fail(Status::corrupt, fmt::format("reparse tag 0x{:08x}, expected 0x{:08x} (WOF)",
                                             header.tag.value(), reparse_tag::wof));
  }
  const Bytes body =
      CASEMENT_TRY(slice(buffer, sizeof(header), header.data_length.value(), "WOF reparse point"));
  const auto wof = CASEMENT_TRY(load<ntfs_layout::WofHeader>(body, 0, "WOF reparse point"));
  const Bytes provider = body.subspan(sizeof(wof));
  if (wof.version.value() == 1 && wof.provider.value() == ntfs_layout::wof_provider::wim) {
    const auto disk =
        CASEMENT_TRY(load<ntfs_layout::WofWimProvider>(provider, 0, "WOF reparse point of a WIM"));
    return WofReparse{.algorithm = std::nullopt, .wim_source_id = disk.data_source_id.value()};
  }
  if (wof.version.value() != 1 || wof.provider.value() != ntfs_layout::wof_provider::file) {
    return fail(Status::unsupported,
                fmt::format("WOF reparse point: version {}, provider {}; known are version 1 with "
                            "provider 1 (WIM) or 2 (file)",
                            wof.version.value(), wof.provider.value()));
  }
  const auto file =
      CASEMENT_TRY(load<ntfs_layout::WofFileProvider>(provider, 0, "WOF reparse point of a file"));
  if (file.version.value() != 1 || file.algorithm.value() >= chunk_sizes.size()) {
    return fail(Status::unsupported,
                fmt::format("WOF reparse point: file provider version {}, algorithm {}; known are "
                            "version 1 with algorithms 0 to 3",
                            file.version.value(), file.algorithm.value()));
  }
  return WofReparse{.algorithm = static_cast<WofAlgorithm>(file.algorithm.value())};
}

std::uint32_t wof_chunk_size(WofAlgorithm algorithm) noexcept {
  return chunk_sizes[static_cast<std::size_t>(algorithm)];
}

Result<SourcePtr> open_wof(const NtfsNode& node, const AttributeChain& compressed,
                           WofAlgorithm algorithm, std::uint64_t plain_size) {
  if (plain_size == 0) {
    return make_memory_source({}, describe_attribute(node, compressed));
  }
  SourcePtr stream = CASEMENT_TRY(open_attribute(node, compressed));
  const std::uint64_t table_size = WofSource::table_size(algorithm, plain_size);
  if (table_size >= stream->size()) {
    return fail(Status::corrupt,
                fmt::format("{}: {} bytes, expected more than the chunk table of {} for {} plain "
                            "bytes",
                            stream->describe(), stream->size(), table_size, plain_size));
  }
  const auto compression =
      algorithm == WofAlgorithm::lzx_32k ? WimCompression::lzx : WimCompression::xpress;
  auto codec = CASEMENT_TRY(node.volume()->wof_codec(compression));
  return std::make_shared<WofSource>(node, compressed, algorithm, plain_size, std::move(stream),
                                     std::move(codec));
}

}  // namespace casement::ntfs
