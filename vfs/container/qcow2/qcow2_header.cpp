// SPDX-License-Identifier: Apache-2.0
// QCOW headers of three versions and their extensions.
#include "vfs/container/qcow2/qcow2_header.h"

#include <fmt/format.h>

#include <array>
#include <span>

#include "vfs/container/qcow2/qcow2_layout.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

using namespace qcow2_layout;  // NOLINT(google-build-using-namespace): the structures of this file

/// Longest name of another file; QEMU writes no longer ones.
constexpr std::uint32_t max_name_size = 1023;
/// Real images have at most five extensions.
constexpr std::uint32_t max_extensions = 64;

template <DiskStruct T>
Result<T> read_struct(const ByteSource& file, std::uint64_t offset, const char* what) {
  std::array<std::byte, sizeof(T)> raw{};
  CASEMENT_TRY(file.read(offset, raw).with_context([&] { return fmt::format("QCOW {}", what); }));
  return load<T>(raw, 0, what);
}

Result<std::string> read_name(const ByteSource& file, std::uint64_t offset, std::uint32_t size,
                              const char* what) {
  if (size == 0 || size > max_name_size) {
    return fail(Status::corrupt,
                fmt::format("QCOW {} of {} bytes, expected 1 to {}", what, size, max_name_size));
  }
  std::string name(size, '\0');
  CASEMENT_TRY(file.read(offset, std::as_writable_bytes(std::span(name))).with_context([&] {
    return fmt::format("QCOW {}", what);
  }));
  return name;
}

Result<void> check_cluster_bits(std::uint32_t bits, std::uint32_t smallest, std::uint32_t largest,
                                std::uint32_t where) {
  if (bits < smallest || bits > largest) {
    return fail(Status::corrupt,
                fmt::format("QCOW header at 0x{:x}: cluster bits {}, expected {} to {}", where,
                            bits, smallest, largest));
  }
  return {};
}

Result<void> refuse_encryption(std::uint32_t method, std::uint32_t where) {
  if (method == 0) {
    return {};
  }
  const char* const name = method == 1 ? "AES" : method == 2 ? "LUKS" : "unknown";
  return fail(Status::unsupported,
              fmt::format("QCOW header at 0x{:x}: encryption method {} ({}): encrypted images "
                          "are not supported",
                          where, method, name));
}

/// Sets l1_count from the size, and checks that so many entries are there. `present`: entries that
/// the header promises.
Result<void> check_l1(Qcow2Header& header, const ByteSource& file, std::uint64_t present,
                      const Limits& limits) {
  const std::uint32_t coverage_bits = header.cluster_bits + header.l2_bits;
  const std::uint64_t coverage = std::uint64_t{1} << coverage_bits;  // at most 2^39
  header.l1_count = (header.size >> coverage_bits) + (header.size % coverage != 0 ? 1 : 0);
  if (header.l1_count > present) {
    return fail(Status::corrupt,
                fmt::format("QCOW header: an L1 table of {} entries, but the disk of 0x{:x} bytes "
                            "needs {}",
                            present, header.size, header.l1_count));
  }
  if (header.l1_count > limits.max_table_size / sizeof(std::uint64_t)) {
    return fail(Status::limit_exceeded,
                fmt::format("QCOW L1 table of {} entries: at most {} bytes of tables are taken",
                            header.l1_count, limits.max_table_size));
  }
  if (!in_range(file.size(), header.l1_offset, header.l1_count * sizeof(std::uint64_t))) {
    return fail(Status::truncated,
                fmt::format("QCOW L1 table of {} entries at 0x{:x}, but the file ends at 0x{:x}",
                            header.l1_count, header.l1_offset, file.size()));
  }
  return {};
}

Result<void> read_backing_name(Qcow2Header& header, const ByteSource& file,
                               const HeaderStart& start) {
  if (start.backing_offset.value() == 0) {
    return {};
  }
  header.backing_file = CASEMENT_TRY(read_name(file, start.backing_offset.value(),
                                               start.backing_size.value(), "backing file name"));
  return {};
}

Result<Qcow2Header> read_v1(const ByteSource& file, const Limits& limits) {
  const auto disk = CASEMENT_TRY(read_struct<HeaderV1>(file, 0, "header"));
  Qcow2Header header;
  header.version = 1;
  header.size = disk.size.value();
  header.cluster_bits = disk.cluster_bits;
  CASEMENT_TRY(check_cluster_bits(header.cluster_bits, 9, 16, 0x20));
  header.l2_bits = disk.l2_bits;
  if (header.l2_bits < 6 || header.l2_bits > 13) {
    return fail(Status::corrupt,
                fmt::format("QCOW header at 0x21: L2 bits {}, expected 6 to 13", header.l2_bits));
  }
  CASEMENT_TRY(refuse_encryption(disk.crypt_method.value(), 0x24));
  header.l1_offset = disk.l1_offset.value();
  CASEMENT_TRY(check_l1(header, file, ~std::uint64_t{0}, limits));
  CASEMENT_TRY(read_backing_name(header, file, disk.start));
  return header;
}

/// Extensions from `offset` on; the first cluster is where they may lie.
Result<void> read_extensions(Qcow2Header& header, const ByteSource& file, std::uint64_t offset,
                             std::uint64_t backing_offset) {
  const std::uint64_t end = backing_offset != 0 ? backing_offset : header.cluster_size();
  for (std::uint32_t i = 0; i < max_extensions; ++i) {
    // Old writers leave no end mark when nothing follows.
    if (!in_range(end, offset, sizeof(Extension)) ||
        !in_range(file.size(), offset, sizeof(Extension))) {
      return {};
    }
    const auto disk = CASEMENT_TRY(read_struct<Extension>(file, offset, "header extension"));
    const std::uint32_t type = disk.type.value();
    const std::uint32_t size = disk.size.value();
    offset += sizeof(Extension);
    if (type == extension::end) {
      return {};
    }
    if (!in_range(end, offset, size)) {
      return fail(Status::corrupt,
                  fmt::format("QCOW header extension 0x{:08x} at 0x{:x}: {} bytes of data, but the "
                              "extensions end at 0x{:x}",
                              type, offset - sizeof(Extension), size, end));
    }
    if (type == extension::backing_format) {
      header.backing_format = CASEMENT_TRY(read_name(file, offset, size, "backing format name"));
    } else if (type == extension::data_file) {
      header.data_file = CASEMENT_TRY(read_name(file, offset, size, "data file name"));
    }
    offset += (std::uint64_t{size} + 7) / 8 * 8;  // within a cluster and 7 bytes: cannot wrap
  }
  return fail(Status::corrupt, fmt::format("QCOW header: more than {} extensions", max_extensions));
}

Result<void> read_features(Qcow2Header& header, const HeaderV3Part& part,
                           std::uint32_t header_size) {
  const std::uint64_t bits = part.incompatible.value();
  if ((bits & ~incompatible::known) != 0) {
    return fail(Status::unsupported,
                fmt::format("QCOW header at 0x48: incompatible features 0x{:x}, of which 0x{:x} "
                            "are not known",
                            bits, bits & ~incompatible::known));
  }
  header.dirty = (bits & incompatible::dirty) != 0;
  header.marked_corrupt = (bits & incompatible::corrupt) != 0;
  header.external_data = (bits & incompatible::external_data) != 0;
  header.extended_l2 = (bits & incompatible::extended_l2) != 0;
  if ((bits & incompatible::compression_type) == 0) {
    return {};
  }
  if (header_size <= smallest_v3_header) {
    return fail(Status::corrupt,
                fmt::format("QCOW header at 0x64: a header of {} bytes, but its compression type "
                            "lies at 0x68",
                            header_size));
  }
  if (part.compression_type > 1) {
    return fail(Status::unsupported,
                fmt::format("QCOW header at 0x68: compression type {}, known are 0 (deflate) and "
                            "1 (zstd)",
                            part.compression_type));
  }
  header.compression =
      part.compression_type == 1 ? Qcow2Compression::zstd : Qcow2Compression::deflate;
  return {};
}

Result<Qcow2Header> read_v2(const ByteSource& file, std::uint32_t version, const Limits& limits) {
  const auto disk = CASEMENT_TRY(read_struct<HeaderV2>(file, 0, "header"));
  Qcow2Header header;
  header.version = version;
  header.size = disk.size.value();
  header.cluster_bits = disk.cluster_bits.value();
  CASEMENT_TRY(check_cluster_bits(header.cluster_bits, 9, 21, 0x14));
  CASEMENT_TRY(refuse_encryption(disk.crypt_method.value(), 0x20));
  header.l1_offset = disk.l1_offset.value();
  header.snapshot_count = disk.snapshot_count.value();
  std::uint32_t header_size = sizeof(HeaderV2);
  if (version == 3) {
    // The compression type may lie past the header; then it is not looked at.
    std::array<std::byte, sizeof(HeaderV3Part)> raw{};
    const std::uint64_t left = file.size() - sizeof(HeaderV2);
    const std::span present = std::span(raw).first(left < raw.size() ? left : raw.size());
    CASEMENT_TRY(file.read(sizeof(HeaderV2), present));
    const auto part = CASEMENT_TRY(load<HeaderV3Part>(raw, 0, "QCOW header"));
    header_size = part.header_size.value();
    if (header_size < smallest_v3_header || header_size > header.cluster_size() ||
        header_size % 8 != 0 || header_size > file.size()) {
      return fail(Status::corrupt,
                  fmt::format("QCOW header at 0x64: a header of {} bytes, expected a multiple of "
                              "8 from {} to the end of the first cluster",
                              header_size, smallest_v3_header));
    }
    CASEMENT_TRY(read_features(header, part, header_size));
  }
  if (header.extended_l2 && header.cluster_bits < 14) {
    return fail(Status::corrupt,
                fmt::format("QCOW header at 0x14: cluster bits {}, but extended L2 entries need "
                            "14 or more",
                            header.cluster_bits));
  }
  header.l2_bits = header.cluster_bits - (header.extended_l2 ? 4 : 3);
  CASEMENT_TRY(check_l1(header, file, disk.l1_count.value(), limits));
  CASEMENT_TRY(read_backing_name(header, file, disk.start));
  CASEMENT_TRY(read_extensions(header, file, header_size, disk.start.backing_offset.value()));
  return header;
}

}  // namespace

Result<Qcow2Header> Qcow2Header::read(const ByteSource& file, const Limits& limits) {
  const auto start = CASEMENT_TRY(read_struct<HeaderStart>(file, 0, "header"));
  if (start.magic != magic) {
    return fail(Status::bad_format, "QCOW header at 0x0: no signature \"QFI\\xfb\"");
  }
  switch (start.version.value()) {
    case 1:
      return read_v1(file, limits);
    case 2:
    case 3:
      return read_v2(file, start.version.value(), limits);
    default:
      return fail(Status::unsupported, fmt::format("QCOW header at 0x4: version {}, known are 1 "
                                                   "to 3",
                                                   start.version.value()));
  }
}

}  // namespace casement
