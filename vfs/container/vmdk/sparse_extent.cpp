// SPDX-License-Identifier: Apache-2.0
// Headers of hosted sparse, COWD and seSparse extents, and their directories.
#include "vfs/container/vmdk/sparse_extent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "vfs/container/vmdk/vmdk_layout.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

using namespace vmdk_layout;  // NOLINT(google-build-using-namespace): the structures of this file

/// Real grains have 64 KiB (hosted), 512 bytes (COWD) and 4 KiB (seSparse); QEMU stops at 1 GiB.
constexpr std::uint64_t max_grain_sectors = 0x20'0000;
/// A grain that is decompressed is held in memory whole.
constexpr std::uint64_t max_compressed_grain_sectors = 0x8000;  // 16 MiB
/// Hosted and COWD extents have 512 and 4096; seSparse ones have 4096.
constexpr std::uint64_t max_entries_per_table = 65'536;

/// `sectors` in bytes; corrupt when that is past any file.
Result<std::uint64_t> to_bytes(std::uint64_t sectors, const char* what) {
  const auto bytes = checked_mul(sectors, sector_size);
  if (!bytes) {
    return fail(
        Status::corrupt,
        fmt::format("VMDK header: {} of {} sectors: larger than 2^64 bytes", what, sectors));
  }
  return *bytes;
}

template <DiskStruct T>
Result<T> read_struct(const ByteSource& file, std::uint64_t offset, const char* what) {
  std::array<std::byte, sizeof(T)> raw{};
  CASEMENT_TRY(file.read(offset, raw).with_context([&] { return std::string(what); }));
  return load<T>(raw, 0, what);
}

Result<void> check_geometry(const VmdkSparseExtent& extent) {
  const std::uint64_t grain_sectors = extent.grain_size / sector_size;
  const std::uint64_t most = extent.compressed ? max_compressed_grain_sectors : max_grain_sectors;
  if (grain_sectors == 0 || grain_sectors > most) {
    return fail(Status::corrupt, fmt::format("VMDK header: grains of {} sectors, expected 1 to {}",
                                             grain_sectors, most));
  }
  if (extent.entries_per_table == 0 || extent.entries_per_table > max_entries_per_table) {
    return fail(Status::corrupt,
                fmt::format("VMDK header: {} entries of a grain table, expected 1 to {}",
                            extent.entries_per_table, max_entries_per_table));
  }
  return {};
}

/// `present`: entries that the header promises.
Result<std::vector<std::byte>> read_directory(const VmdkSparseExtent& extent,
                                              const ByteSource& file, std::uint64_t offset,
                                              std::uint64_t present, const Limits& limits) {
  const std::uint64_t coverage = extent.coverage();  // at most 2^46
  const std::uint64_t count =
      extent.capacity / coverage + (extent.capacity % coverage != 0 ? 1 : 0);
  if (count > present) {
    return fail(Status::corrupt,
                fmt::format("VMDK header: a directory of {} entries, but the capacity of 0x{:x} "
                            "bytes needs {}",
                            present, extent.capacity, count));
  }
  if (count > limits.max_table_size / sizeof(std::uint64_t)) {
    return fail(Status::limit_exceeded,
                fmt::format("VMDK directory of {} entries: at most {} bytes of tables are taken",
                            count, limits.max_table_size));
  }
  const std::uint64_t size = count * extent.entry_size();
  if (!in_range(file.size(), offset, size)) {
    return fail(Status::truncated,
                fmt::format("VMDK directory of {} entries at 0x{:x}, but the file ends at 0x{:x}",
                            count, offset, file.size()));
  }
  std::vector<std::byte> raw(static_cast<std::size_t>(size));
  CASEMENT_TRY(file.read(offset, raw));
  return raw;
}

Result<void> load_directory32(VmdkSparseExtent& extent, const ByteSource& file,
                              std::uint64_t offset, std::uint64_t present, const Limits& limits) {
  const auto raw = CASEMENT_TRY(read_directory(extent, file, offset, present, limits));
  extent.directory.resize(raw.size() / 4);
  for (std::size_t i = 0; i < extent.directory.size(); ++i) {
    extent.directory[i] = std::uint64_t{get_le<std::uint32_t>(raw, 4 * i)} * sector_size;
  }
  return {};
}

/// The header at the end of a stream, which was not known when its start was written.
Result<SparseHeader> read_footer(const ByteSource& file) {
  const std::uint64_t end = file.size() / sector_size * sector_size;
  constexpr std::uint64_t parts = 3 * sector_size;  // marker, header, end of stream
  if (end < parts) {
    return fail(Status::truncated, "VMDK footer: the file is too short to have one");
  }
  const auto marker =
      CASEMENT_TRY(read_struct<StreamMarker>(file, end - parts, "VMDK footer marker"));
  const auto footer =
      CASEMENT_TRY(read_struct<SparseHeader>(file, end - parts + sector_size, "VMDK footer"));
  if (marker.size.value() != 0 || marker.type.value() != marker::footer ||
      footer.magic != sparse_magic || footer.directory_offset.value() == directory_in_footer) {
    return fail(Status::truncated,
                fmt::format("VMDK footer at 0x{:x}: not there, although the header refers to it: "
                            "the stream was cut short",
                            end - parts));
  }
  return footer;
}

void check_state(const SparseHeader& header, const ByteSource& file, Diagnostics& findings) {
  constexpr std::array<char, 4> expected{'\n', ' ', '\r', '\n'};
  if ((header.flags.value() & flag::line_ends_valid) != 0 && header.line_ends != expected) {
    findings.add(Severity::warning, "vmdk-line-ends",
                 fmt::format("{}: header at 0x49: the line ends were changed: the file was "
                             "transferred as text and is damaged",
                             file.describe()));
  }
  if (header.unclean != 0) {
    findings.add(Severity::note, "vmdk-unclean",
                 fmt::format("{}: header at 0x48: it was not closed", file.describe()));
  }
}

Result<VmdkSparseExtent> read_hosted(const ByteSource& file, const Limits& limits,
                                     Diagnostics& findings) {
  auto header = CASEMENT_TRY(read_struct<SparseHeader>(file, 0, "VMDK header"));
  if (header.directory_offset.value() == directory_in_footer) {
    header = CASEMENT_TRY(read_footer(file));
  }
  if (header.version.value() == 0 || header.version.value() > 3) {
    return fail(Status::unsupported, fmt::format("VMDK header at 0x4: version {}, known are 1 to 3",
                                                 header.version.value()));
  }
  check_state(header, file, findings);
  const std::uint32_t flags = header.flags.value();
  VmdkSparseExtent extent;
  extent.zeroed_grains = (flags & flag::zeroed_grains) != 0;
  extent.compressed = (flags & flag::compressed) != 0;
  if (extent.compressed && (header.compression.value() != 1 || (flags & flag::markers) == 0)) {
    return fail(Status::unsupported,
                fmt::format("VMDK header at 0x8: flags 0x{:x} with compression {}: expected "
                            "deflate (1) and grains with markers (0x20000)",
                            flags, header.compression.value()));
  }
  extent.capacity = CASEMENT_TRY(to_bytes(header.capacity.value(), "a capacity"));
  extent.grain_size = CASEMENT_TRY(to_bytes(header.grain_size.value(), "grains"));
  extent.entries_per_table = header.entries_per_table.value();
  CASEMENT_TRY(check_geometry(extent));
  constexpr std::uint64_t any = ~std::uint64_t{0};
  const auto offset = CASEMENT_TRY(to_bytes(header.directory_offset.value(), "an offset"));
  auto loaded = load_directory32(extent, file, offset, any, limits);
  if (!loaded && (flags & flag::redundant_directory) != 0) {
    const auto second =
        CASEMENT_TRY(to_bytes(header.redundant_directory_offset.value(), "an offset"));
    if (load_directory32(extent, file, second, any, limits)) {
      findings.add(Severity::warning, "vmdk-redundant-directory",
                   fmt::format("{}: the redundant directory is used: {}", file.describe(),
                               loaded.error().message()));
      return extent;
    }
  }
  CASEMENT_TRY(std::move(loaded));
  return extent;
}

Result<VmdkSparseExtent> read_cowd(const ByteSource& file, const Limits& limits) {
  const auto header = CASEMENT_TRY(read_struct<CowdHeader>(file, 0, "VMDK COWD header"));
  if (header.version.value() != 1) {
    return fail(Status::unsupported, fmt::format("VMDK COWD header at 0x4: version {}, known is 1",
                                                 header.version.value()));
  }
  VmdkSparseExtent extent;
  extent.kind = VmdkSparseKind::cowd;
  extent.capacity = std::uint64_t{header.capacity.value()} * sector_size;
  extent.grain_size = std::uint64_t{header.grain_size.value()} * sector_size;
  extent.entries_per_table = cowd_entries_per_table;
  CASEMENT_TRY(check_geometry(extent));
  const std::uint64_t offset = std::uint64_t{header.directory_offset.value()} * sector_size;
  CASEMENT_TRY(load_directory32(extent, file, offset, header.directory_entries.value(), limits));
  return extent;
}

Result<void> check_journal(const SeSparseHeader& header, const ByteSource& file) {
  const auto offset =
      CASEMENT_TRY(to_bytes(header.volatile_header.offset.value(), "volatile header offset"));
  const auto state = CASEMENT_TRY(
      read_struct<SeSparseVolatileHeader>(file, offset, "VMDK seSparse volatile header"));
  if (state.magic.value() != sesparse_volatile_magic) {
    return fail(
        Status::corrupt,
        fmt::format("VMDK seSparse volatile header at 0x{:x}: magic 0x{:x}, expected 0x{:x}",
                    offset, state.magic.value(), sesparse_volatile_magic));
  }
  if (state.replay_journal.value() != 0) {
    return fail(Status::unsupported,
                fmt::format("VMDK seSparse volatile header at 0x{:x}: the journal has to be "
                            "replayed, which is not supported",
                            offset));
  }
  return {};
}

Result<VmdkSparseExtent> read_se_sparse(const ByteSource& file, const Limits& limits) {
  const auto header = CASEMENT_TRY(read_struct<SeSparseHeader>(file, 0, "VMDK seSparse header"));
  if (header.version.value() != sesparse_version || header.flags.value() != 0) {
    return fail(Status::unsupported,
                fmt::format("VMDK seSparse header at 0x8: version 0x{:x}, flags 0x{:x}; known is "
                            "version 0x{:x} without flags",
                            header.version.value(), header.flags.value(), sesparse_version));
  }
  CASEMENT_TRY(check_journal(header, file));
  VmdkSparseExtent extent;
  extent.kind = VmdkSparseKind::se_sparse;
  extent.capacity = CASEMENT_TRY(to_bytes(header.capacity.value(), "a capacity"));
  extent.grain_size = CASEMENT_TRY(to_bytes(header.grain_size.value(), "grains"));
  const std::uint64_t table_size =
      CASEMENT_TRY(to_bytes(header.table_size.value(), "grain tables"));
  extent.entries_per_table = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(table_size / extent.entry_size(), 0xFFFF'FFFF));
  CASEMENT_TRY(check_geometry(extent));
  extent.grains_offset = CASEMENT_TRY(to_bytes(header.grains.offset.value(), "an offset"));
  const auto tables = CASEMENT_TRY(to_bytes(header.tables.offset.value(), "an offset"));
  const auto offset = CASEMENT_TRY(to_bytes(header.directory.offset.value(), "an offset"));
  const auto size = CASEMENT_TRY(to_bytes(header.directory.size.value(), "a directory"));
  const auto raw =
      CASEMENT_TRY(read_directory(extent, file, offset, size / extent.entry_size(), limits));
  extent.directory.resize(raw.size() / extent.entry_size());
  for (std::size_t i = 0; i < extent.directory.size(); ++i) {
    const auto entry = get_le<std::uint64_t>(raw, 8 * i);
    // 32 bits of a number times at most 512 KiB: cannot wrap, but for an offset past any file.
    const auto table = checked_add(tables, (entry & 0xFFFF'FFFF) * table_size);
    const bool present = (entry & 0xFFFF'FFFF'0000'0000) == sesparse::table_present;
    extent.directory[i] = entry == 0 ? 0 : present && table ? *table : VmdkSparseExtent::bad_table;
  }
  return extent;
}

}  // namespace

Result<std::optional<VmdkSparseExtent>> VmdkSparseExtent::read(const ByteSource& file,
                                                               const Limits& limits,
                                                               Diagnostics& findings) {
  std::array<std::byte, 8> start{};
  if (file.size() < start.size()) {
    return std::nullopt;
  }
  CASEMENT_TRY(file.read(0, start));
  const auto begins_with = [&start](const std::array<char, 4>& magic) {
    return std::ranges::equal(std::span(start).first(4), std::as_bytes(std::span(magic)));
  };
  if (begins_with(sparse_magic)) {
    return CASEMENT_TRY(read_hosted(file, limits, findings));
  }
  if (begins_with(cowd_magic)) {
    return CASEMENT_TRY(read_cowd(file, limits));
  }
  if (get_le<std::uint64_t>(start, 0) == sesparse_magic) {
    return CASEMENT_TRY(read_se_sparse(file, limits));
  }
  return std::nullopt;
}

}  // namespace casement
