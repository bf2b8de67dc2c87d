// SPDX-License-Identifier: Apache-2.0
// From an offset of the disk to a cluster, by two tables.
#include "vfs/container/qcow2/qcow2_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vfs/codec/deflate.h"
#include "vfs/codec/zstd.h"
#include "vfs/container/qcow2/qcow2_layout.h"

namespace casement {
namespace {

using namespace qcow2_layout;  // NOLINT(google-build-using-namespace): the bits of this format

/// L2 tables are cached in parts of so many bytes: a table of 2 MiB would fill the cache alone.
constexpr std::uint64_t table_slice = 4096;

}  // namespace

Result<SourcePtr> Qcow2Source::open(const Qcow2Header& header, Qcow2Parts parts) {
  std::vector<be64> raw(header.l1_count);
  CASEMENT_TRY(
      parts.file->read(header.l1_offset, std::as_writable_bytes(std::span(raw))).with_context([] {
        return "QCOW L1 table";
      }));
  std::vector<std::uint64_t> l1(raw.size());
  std::ranges::transform(raw, l1.begin(), [](const be64& value) { return value.value(); });
  return SourcePtr(new Qcow2Source(header, std::move(parts), std::move(l1)));
}

Result<void> Qcow2Source::do_read(std::uint64_t offset, MutableBytes out) const {
  return read_pieces(
      offset, out, [this](std::uint64_t from, std::uint64_t wanted) { return find(from, wanted); });
}

std::unexpected<Error> Qcow2Source::corrupt_entry(std::uint64_t value, std::uint64_t offset,
                                                  const char* why) const {
  return fail(Status::corrupt, fmt::format("{}: cluster of disk offset 0x{:x}: L2 entry 0x{:016x}: "
                                           "{}",
                                           describe(), offset, value, why));
}

Result<Piece> Qcow2Source::find(std::uint64_t offset, std::uint64_t wanted) const {
  const std::uint64_t cluster = offset >> header_.cluster_bits;
  const std::uint64_t l1_entry = l1_[static_cast<std::size_t>(cluster >> header_.l2_bits)];
  const std::uint64_t table = header_.version == 1 ? l1_entry : l1_entry & entry::offset_mask;
  if (table == 0) {
    const std::uint64_t coverage = std::uint64_t{1} << (header_.cluster_bits + header_.l2_bits);
    const std::uint64_t left = coverage - (offset & (coverage - 1));
    return parent_piece(parts_.backing.get(), offset, std::min(wanted, left));
  }
  if (header_.version != 1 && (table & (header_.cluster_size() - 1)) != 0) {
    return fail(Status::corrupt,
                fmt::format("{}: L1 entry {}: L2 table at 0x{:x}, which is not the start of a "
                            "cluster",
                            describe(), cluster >> header_.l2_bits, table));
  }
  const std::uint64_t index = cluster & ((std::uint64_t{1} << header_.l2_bits) - 1);
  const L2Entry found = CASEMENT_TRY(read_entry(table, index));
  const std::uint64_t within = offset & (header_.cluster_size() - 1);
  const std::uint64_t length = std::min(wanted, header_.cluster_size() - within);
  const std::uint64_t compressed = header_.version == 1 ? entry::v1_compressed : entry::compressed;
  if ((found.value & compressed) != 0) {
    return find_compressed(found.value, offset, length);
  }
  return header_.extended_l2 ? find_subcluster(found, offset, length)
                             : find_plain(found, offset, length);
}

Result<Qcow2Source::L2Entry> Qcow2Source::read_entry(std::uint64_t table,
                                                     std::uint64_t index) const {
  const std::uint64_t position = index * header_.l2_entry_size();  // within a table: at most 2 MiB
  const std::uint64_t slice_size = std::min(header_.l2_table_size(), table_slice);
  const std::uint64_t slice_start = position / slice_size * slice_size;
  if (!in_range(parts_.file->size(), table, slice_start + slice_size)) {
    return fail(Status::truncated,
                fmt::format("{}: L2 table at 0x{:x}: entry {} is not in the file, which ends at "
                            "0x{:x}",
                            describe(), table, index, parts_.file->size()));
  }
  const BlockPtr entries = CASEMENT_TRY(read_cached(*parts_.cache, parts_.table_owner, *parts_.file,
                                                    table + slice_start, slice_size));
  L2Entry found;
  const std::uint64_t at = position - slice_start;
  found.value = CASEMENT_TRY(load<be64>(*entries, at, "L2 entry")).value();
  if (header_.extended_l2) {
    found.subclusters = CASEMENT_TRY(load<be64>(*entries, at + 8, "L2 subclusters")).value();
  }
  return found;
}

Piece Qcow2Source::data_piece(std::uint64_t cluster, std::uint64_t offset,
                              std::uint64_t length) const {
  // The mask leaves 56 bits: no sum can wrap.
  const std::uint64_t within = offset & (header_.cluster_size() - 1);
  return {.length = length, .source = parts_.data.get(), .offset = cluster + within};
}

Result<Piece> Qcow2Source::find_plain(const L2Entry& found, std::uint64_t offset,
                                      std::uint64_t length) const {
  if (header_.version == 1) {
    if (found.value == 0) {
      return parent_piece(parts_.backing.get(), offset, length);
    }
    const std::uint64_t within = offset & (header_.cluster_size() - 1);
    return Piece{.length = length, .source = parts_.data.get(), .offset = found.value + within};
  }
  if ((found.value & entry::zero) != 0) {
    if (header_.version == 2) {
      return corrupt_entry(found.value, offset, "the zero flag, which version 2 does not have");
    }
    return Piece{.length = length};
  }
  const std::uint64_t cluster = found.value & entry::offset_mask;
  // In an external data file the first cluster is data like any other.
  const bool first_of_data = header_.external_data && (found.value & entry::copied) != 0;
  if (cluster == 0 && !first_of_data) {
    return parent_piece(parts_.backing.get(), offset, length);
  }
  if ((cluster & (header_.cluster_size() - 1)) != 0) {
    return corrupt_entry(found.value, offset, "not the start of a cluster");
  }
  return data_piece(cluster, offset, length);
}

Result<Piece> Qcow2Source::find_subcluster(const L2Entry& found, std::uint64_t offset,
                                           std::uint64_t length) const {
  const std::uint64_t cluster = found.value & entry::offset_mask;
  if ((cluster & (header_.cluster_size() - 1)) != 0) {
    return corrupt_entry(found.value, offset, "not the start of a cluster");
  }
  const bool has_data =
      cluster != 0 || (header_.external_data && (found.value & entry::copied) != 0);
  const std::uint64_t size = header_.cluster_size() >> subcluster_bits;
  const std::uint64_t within = offset & (header_.cluster_size() - 1);
  const auto number = static_cast<std::uint32_t>(within / size);
  const bool allocated = ((found.subclusters >> number) & 1) != 0;
  const bool zero = ((found.subclusters >> (32 + number)) & 1) != 0;
  const std::uint64_t part = std::min(length, size - (within & (size - 1)));
  if (allocated && (zero || !has_data)) {
    return corrupt_entry(found.value, offset,
                         zero ? "a subcluster that is both data and zeros"
                              : "a subcluster with data in a cluster that is not allocated");
  }
  if (zero) {
    return Piece{.length = part};
  }
  return allocated ? data_piece(cluster, offset, part)
                   : parent_piece(parts_.backing.get(), offset, part);
}

Qcow2Source::CompressedRange Qcow2Source::compressed_range(std::uint64_t value) const noexcept {
  if (header_.version == 1) {
    const std::uint32_t shift = 63 - header_.cluster_bits;
    return {value & ((std::uint64_t{1} << shift) - 1),
            (value >> shift) & (header_.cluster_size() - 1)};
  }
  const std::uint32_t shift = 62 - (header_.cluster_bits - 8);
  const std::uint64_t offset = value & ((std::uint64_t{1} << shift) - 1);
  const std::uint64_t sectors =
      ((value >> shift) & ((std::uint64_t{1} << (header_.cluster_bits - 8)) - 1)) + 1;
  return {offset, sectors * 512 - (offset & 511)};
}

Result<Piece> Qcow2Source::find_compressed(std::uint64_t value, std::uint64_t offset,
                                           std::uint64_t length) const {
  if (header_.external_data) {
    return corrupt_entry(value, offset, "compressed, although the data is in another file");
  }
  // Where the cluster lies is what names it: the same number in no other place.
  const std::uint64_t where = compressed_range(value).offset;
  BlockPtr block = CASEMENT_TRY(
      parts_.cache->get({parts_.cluster_owner, where}, [this, &value] { return decompress(value); })
          .with_context([&] {
            return fmt::format("{}: compressed cluster of disk offset 0x{:x}", describe(), offset);
          }));
  return Piece{
      .length = length, .offset = offset & (header_.cluster_size() - 1), .block = std::move(block)};
}

Result<std::vector<std::byte>> Qcow2Source::decompress(std::uint64_t value) const {
  const CompressedRange range = compressed_range(value);
  const ByteSource& file = *parts_.file;
  if (range.offset >= file.size()) {
    return fail(Status::truncated,
                fmt::format("at 0x{:x}, but the file ends at 0x{:x}", range.offset, file.size()));
  }
  // The size counts whole sectors; the last one of a file may be cut.
  std::vector<std::byte> packed(
      static_cast<std::size_t>(std::min(range.size, file.size() - range.offset)));
  CASEMENT_TRY(file.read(range.offset, packed));
  std::vector<std::byte> plain(static_cast<std::size_t>(header_.cluster_size()));
  const bool zstd = header_.compression == Qcow2Compression::zstd;
  CASEMENT_TRY((zstd ? decompress_zstd_exactly(packed, plain)
                     : inflate_exactly(DeflateFraming::raw, packed, plain))
                   .with_context([&] { return fmt::format("at 0x{:x}", range.offset); }));
  return plain;
}

}  // namespace casement
