// SPDX-License-Identifier: Apache-2.0
// Metadata files, and virtual allocation tables of both generations.
#include "vfs/udf/typed_partitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "vfs/source/cluster/record_cursor.h"
#include "vfs/source/extent_source.h"
#include "vfs/source/lost_extent.h"
#include "vfs/udf/udf_content.h"
#include "vfs/udf/udf_entry.h"
#include "vfs/udf/udf_file_layout.h"
#include "vfs/udf/udf_tag.h"
#include "vfs/udf/udf_values.h"

namespace casement {
namespace {

namespace layout = udf_layout;

constexpr std::size_t entry_size = sizeof(le32);

Result<SourcePtr> open_file(const TypedPartitionContext& context, std::uint32_t block) {
  const UdfEntry entry =
      CASEMENT_TRY(read_udf_entry(context.below, {context.base, block}, context.findings));
  return open_udf_content(context.below, entry, context.limits, context.findings);
}

/// Whether the block holds the entry of a virtual allocation table, and that entry.
std::optional<UdfEntry> find_table_entry(const TypedPartitionContext& context,
                                         std::uint32_t block) {
  const auto raw = context.below.read_block({context.base, block});
  const auto tag = raw ? load<layout::Tag>(*raw, 0, "file entry")
                       : Result<layout::Tag>(std::unexpected(raw.error()));
  if (!tag || !is_udf_tag(*tag)) {
    return std::nullopt;
  }
  auto entry = parse_udf_entry(*raw, {context.base, block});
  // UDF 1.50 had no file type for it.
  if (!entry || (entry->file_type != layout::file_type::virtual_table && entry->file_type != 0)) {
    return std::nullopt;
  }
  return *std::move(entry);
}

/// Where the entries of the table begin and end in its file.
Result<ByteRun> find_entries(const ByteSource& file, std::uint8_t file_type) {
  if (file_type == layout::file_type::virtual_table) {
    std::array<std::byte, sizeof(layout::VirtualTable)> raw{};
    CASEMENT_TRY(file.read(0, raw));
    const std::uint64_t head =
        CASEMENT_TRY(load<layout::VirtualTable>(raw, 0, "virtual table")).length.value();
    if (head < raw.size() || head > file.size()) {
      return fail(Status::corrupt,
                  fmt::format("a head of {} bytes in a table of {}", head, file.size()));
    }
    return ByteRun{head, file.size() - head};
  }
  // 1.50: behind the entries come an identifier and the block of the table before.
  constexpr std::uint64_t tail = sizeof(layout::EntityId) + sizeof(le32);
  std::array<std::byte, sizeof(layout::EntityId)> raw{};
  if (file.size() < tail) {
    return fail(Status::corrupt, fmt::format("a table of {} bytes", file.size()));
  }
  CASEMENT_TRY(file.read(file.size() - tail, raw));
  const auto kind = CASEMENT_TRY(load<layout::EntityId>(raw, 0, "virtual table"));
  if (udf_entity(kind) != "*UDF Virtual Alloc Tbl") {
    return fail(Status::corrupt, "no identifier behind its entries");
  }
  return ByteRun{0, file.size() - tail};
}

Result<SourcePtr> open_table(const TypedPartitionContext& context, const UdfEntry& entry) {
  const SourcePtr file =
      CASEMENT_TRY(open_udf_content(context.below, entry, context.limits, context.findings));
  const ByteRun place = CASEMENT_TRY(find_entries(*file, entry.file_type));
  if (place.length > context.limits.max_table_size ||
      place.length / entry_size > context.limits.max_runs) {
    return fail(Status::limit_exceeded, fmt::format("a table of {} bytes", place.length));
  }
  std::vector<std::byte> table(static_cast<std::size_t>(place.length));
  CASEMENT_TRY(file->read(place.offset, table));
  const UdfPartition* const base = CASEMENT_TRY(context.below.partition(context.base));
  const std::uint64_t block_size = context.below.block_size();
  const std::uint64_t base_blocks = base->bytes->size() / block_size;
  if (table.size() / entry_size > base_blocks) {
    return fail(Status::corrupt, fmt::format("{} virtual blocks in a partition of {}",
                                             table.size() / entry_size, base_blocks));
  }
  const std::string name = base->bytes->describe() + " / virtual partition";
  SourcePtr lost;
  std::vector<SourceExtent> pieces;
  for (std::size_t at = 0; in_range(table.size(), at, entry_size); at += entry_size) {
    const std::uint64_t offset = get_le<std::uint32_t>(table, at) * block_size;
    if (!in_range(base->bytes->size(), offset, block_size)) {
      if (!lost) {
        lost = lost_extent(table.size() / entry_size * block_size,
                           Error(Status::corrupt, "a virtual block without a place"), name)
                   .source;
      }
      if (!pieces.empty() && pieces.back().source == lost) {
        pieces.back().length += block_size;
      } else {
        pieces.push_back({block_size, lost, 0});
      }
    } else if (!pieces.empty() && pieces.back().source == base->bytes &&
               pieces.back().offset + pieces.back().length == offset) {
      pieces.back().length += block_size;
    } else {
      pieces.push_back({block_size, base->bytes, offset});
    }
  }
  return make_extent_source(std::move(pieces), name);
}

}  // namespace

Result<UdfPartition> open_metadata_partition(const TypedPartitionContext& context, Bytes map) {
  const auto raw = CASEMENT_TRY(load<layout::MetadataMap>(map, 0, "metadata partition map"));
  UdfPartition out;
  auto main = open_file(context, raw.file.value());
  auto mirror = open_file(context, raw.mirror.value());
  if (!main && !mirror) {
    return std::unexpected(std::move(main).error().context("metadata file and its mirror"));
  }
  if (!main || !mirror) {
    context.findings.add(Severity::warning, "udf-mirror", ~std::uint64_t{0}, [&] {
      return fmt::format("metadata {}: {}", main ? "mirror file" : "file",
                         (main ? mirror : main).error().message());
    });
  }
  out.bytes = main ? *main : *mirror;
  out.mirror = main && mirror ? *mirror : nullptr;
  return out;
}

Result<UdfPartition> open_virtual_partition(const TypedPartitionContext& context) {
  // Writers end the last track with the table; images have padding behind it.
  constexpr std::uint64_t most_padding = 1024;
  const UdfPartition* const base = CASEMENT_TRY(context.below.partition(context.base));
  const std::uint64_t volume_size = context.below.volume()->size();
  const std::uint64_t held = volume_size - std::min(volume_size, context.base_offset);
  const std::uint64_t end = std::min<std::uint64_t>(
      std::min(base->bytes->size(), held) / context.below.block_size(), 0xFFFF'FFFF);
  // Each may be a table as large as the partition allows.
  constexpr int max_candidates = 4;
  int tried = 0;
  std::optional<Error> error;
  for (std::uint64_t i = 1; i <= std::min(end, most_padding); ++i) {
    const auto entry = find_table_entry(context, static_cast<std::uint32_t>(end - i));
    if (!entry) {
      continue;
    }
    auto table = open_table(context, *entry);
    if (table) {
      UdfPartition out;
      out.bytes = *std::move(table);
      return out;
    }
    if (!error) {
      error = std::move(table).error();
    }
    if (++tried == max_candidates) {
      break;
    }
  }
  return std::unexpected(
      error.value_or(Error(Status::corrupt, "none in the last blocks of its partition"))
          .context("virtual allocation table"));
}

}  // namespace casement
