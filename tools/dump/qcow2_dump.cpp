// SPDX-License-Identifier: Apache-2.0
// casement-qcow2-dump: the header of a QCOW image and how many of its clusters are where.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tools/dump/dump_text.h"
#include "vfs/container/qcow2/qcow2_header.h"
#include "vfs/container/qcow2/qcow2_layout.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;

constexpr const char* usage =
    "usage: casement-qcow2-dump FILE\n"
    "\n"
    "Prints the header of the QCOW image FILE (versions 1 to 3), the files that it needs, and how\n"
    "many of its L2 tables and clusters are present.\n"
    "\n"
    "Exit code: 0 printed, 1 the file cannot be read as a QCOW image, 2 wrong arguments.\n";

struct Counts {
  std::uint64_t tables = 0;
  std::uint64_t plain = 0;
  std::uint64_t compressed = 0;
  std::uint64_t zero = 0;
};

std::string yes_no(bool value) {
  return value ? "yes" : "no";
}

void print_header(const Qcow2Header& header) {
  print_field("version", fmt::format("{}", header.version));
  print_field("disk size", fmt::format("{}", header.size));
  print_field("cluster size", fmt::format("{}", header.cluster_size()));
  print_field("L1 table", fmt::format("{} entries at 0x{:x}", header.l1_count, header.l1_offset));
  print_field("L2 table", fmt::format("{} entries of {} bytes", std::uint64_t{1} << header.l2_bits,
                                      header.l2_entry_size()));
  print_field("compression", header.compression == Qcow2Compression::zstd ? "zstd" : "deflate");
  print_field("dirty", yes_no(header.dirty));
  print_field("marked corrupt", yes_no(header.marked_corrupt));
  print_field("snapshots", fmt::format("{}", header.snapshot_count));
  if (header.backing_file) {
    print_field("backing file", *header.backing_file);
    print_field("backing format", header.backing_format.value_or("not said"));
  }
  if (header.external_data) {
    print_field("data file", header.data_file.value_or("not named"));
  }
}

void count_entry(const Qcow2Header& header, std::uint64_t entry, Counts& counts) {
  namespace bits = qcow2_layout::entry;
  const std::uint64_t compressed = header.version == 1 ? bits::v1_compressed : bits::compressed;
  if ((entry & compressed) != 0) {
    ++counts.compressed;
  } else if (header.version == 3 && !header.extended_l2 && (entry & bits::zero) != 0) {
    ++counts.zero;
  } else if (entry != 0) {
    ++counts.plain;
  }
}

Result<Counts> count(const Qcow2Header& header, const ByteSource& file) {
  Counts counts;
  std::array<be64, 1> l1{};
  std::vector<std::byte> table(header.l2_table_size());
  for (std::uint64_t i = 0; i < header.l1_count; ++i) {
    CASEMENT_TRY(file.read(header.l1_offset + 8 * i, std::as_writable_bytes(std::span(l1))));
    const std::uint64_t offset =
        header.version == 1 ? l1[0].value() : l1[0].value() & qcow2_layout::entry::offset_mask;
    if (offset == 0) {
      continue;
    }
    ++counts.tables;
    CASEMENT_TRY(file.read(offset, table));
    for (std::uint64_t at = 0; at < table.size(); at += header.l2_entry_size()) {
      count_entry(header, CASEMENT_TRY(load<be64>(table, at, "L2 entry")).value(), counts);
    }
  }
  return counts;
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  if (arguments.size() != 2) {
    return std::nullopt;
  }
  const Result<SourcePtr> file = open_file_source(arguments[1]);
  if (!file) {
    return dump::report(file.error());
  }
  const auto header = Qcow2Header::read(**file, {});
  if (!header) {
    return dump::report(header.error());
  }
  print_header(*header);
  const auto counts = count(*header, **file);
  if (!counts) {
    return dump::report(counts.error());
  }
  print_field("L2 tables present", fmt::format("{}", counts->tables));
  print_field("clusters", fmt::format("{} plain, {} compressed, {} zero", counts->plain,
                                      counts->compressed, counts->zero));
  return ExitCode::ok;
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
