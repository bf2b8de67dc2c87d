// SPDX-License-Identifier: Apache-2.0
// Reading and bounding the integrity table.
#include "vfs/wim/integrity.h"

#include <fmt/format.h>

#include <cstring>

#include "vfs/core/checked.h"
#include "vfs/wim/wim_layout.h"

namespace casement::wim {
namespace {

/// Checks the header of a table of `size` bytes, and sizes `table`.
Result<void> parse_header(const wim_layout::IntegrityHeader& header, std::uint64_t size,
                          IntegrityTable& table) {
  const std::uint64_t count = header.chunk_count.value();
  const std::uint64_t expected_size = sizeof(header) + count * sizeof(Sha1);
  if (header.table_size.value() != size || expected_size != size) {
    return fail(Status::corrupt,
                fmt::format("{} bytes, {} by its header, {} for its {} digests", size,
                            header.table_size.value(), expected_size, count));
  }
  table.chunk_size = header.chunk_size.value();
  if (table.chunk_size == 0) {
    return fail(Status::corrupt, "chunks of 0 bytes");
  }
  const std::uint64_t covered = table.end - table.begin;
  const std::uint64_t expected_count =
      covered / table.chunk_size + (covered % table.chunk_size == 0 ? 0 : 1);
  if (count != expected_count) {
    return fail(Status::corrupt,
                fmt::format("{} chunks of {} bytes, expected {} for the {} bytes from the header "
                            "to the end of the blob table",
                            count, table.chunk_size, expected_count, covered));
  }
  table.digests.resize(static_cast<std::size_t>(count));
  return {};
}

Result<IntegrityTable> read_table(const WimPart& part, const Limits& limits) {
  const ResourceLocation& place = part.header.integrity;
  const ResourceLocation& blobs = part.header.blob_table;
  IntegrityTable table;
  table.begin = sizeof(wim_layout::Header);
  const auto end = checked_add(blobs.offset, blobs.stored_size);
  if (!end || *end < table.begin || *end > part.source->size()) {
    return fail(Status::corrupt, "it covers what the file does not have");
  }
  table.end = *end;
  if (place.has(wim_layout::resource_flag::compressed)) {
    return fail(Status::corrupt, "it is compressed");
  }
  if (place.stored_size > limits.max_table_size) {
    return fail(Status::limit_exceeded, fmt::format("{} bytes, more than the limit of {}",
                                                    place.stored_size, limits.max_table_size));
  }
  if (!in_range(part.source->size(), place.offset, place.stored_size)) {
    return fail(Status::truncated,
                fmt::format("{} bytes at 0x{:x}, but the file ends at 0x{:x}", place.stored_size,
                            place.offset, part.source->size()));
  }
  std::vector<std::byte> raw(static_cast<std::size_t>(place.stored_size));
  CASEMENT_TRY(part.source->read(place.offset, raw));
  const auto header = CASEMENT_TRY(load<wim_layout::IntegrityHeader>(raw, 0, "its header"));
  CASEMENT_TRY(parse_header(header, place.stored_size, table));
  if (!table.digests.empty()) {
    std::memcpy(table.digests.data(), raw.data() + sizeof(header),
                table.digests.size() * sizeof(Sha1));
  }
  return table;
}

}  // namespace

Result<std::optional<IntegrityTable>> read_integrity_table(const WimPart& part,
                                                           const Limits& limits) {
  if (part.header.integrity.is_absent()) {
    return std::optional<IntegrityTable>();
  }
  return CASEMENT_TRY(read_table(part, limits).with_context([&] {
    return fmt::format("{}: integrity table", part.source->describe());
  }));
}

}  // namespace casement::wim
