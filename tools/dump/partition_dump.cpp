// SPDX-License-Identifier: Apache-2.0
// casement-partition-dump: the partition table of a raw disk image, and what the partitions hold.
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tools/dump/dump_text.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"
#include "vfs/volume/partition.h"
#include "vfs/volume/recognise.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;

constexpr const char* usage =
    "usage: casement-partition-dump FILE [SECTOR_SIZE]\n"
    "\n"
    "Prints the partition table of the raw disk image FILE, and what is known of each partition's\n"
    "content. SECTOR_SIZE (bytes) is found out when it is not given.\n"
    "What is damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the file cannot be read, 2 wrong arguments.\n";

const char* kind_name(TableKind kind) {
  switch (kind) {
    case TableKind::mbr:
      return "MBR";
    case TableKind::gpt:
      return "GPT";
    case TableKind::none:
      break;
  }
  return "none";
}

void print_content(const SourcePtr& bytes) {
  if (!bytes) {
    dump::print_field("  content", "not in the image");
    return;
  }
  const auto content = recognise_volume(*bytes);
  if (!content) {
    dump::print_field("  content", dump::printable(content.error().message()));
  } else if (*content) {
    dump::print_field("  content", dump::printable((*content)->type + ": " + (*content)->reason));
  }
}

void print_partition(const Partition& partition) {
  fmt::print("\npartition {}\n", partition.number);
  dump::print_field("  type", partition.type_name);
  dump::print_field("  offset", fmt::format("{}", partition.offset));
  dump::print_field("  size", fmt::format("{}", partition.size));
  dump::print_field("  ARC ordinal", fmt::format("{}", partition.arc_ordinal));
  if (partition.id) {
    dump::print_field("  identifier", partition.id->to_string());
    dump::print_field("  attributes", fmt::format("{:#018x}", partition.attributes));
  }
  if (!partition.name.empty()) {
    dump::print_field("  name", dump::printable(to_utf8(partition.name)));
  }
  if (partition.active) {
    dump::print_field("  active", "yes");
  }
  print_content(partition.bytes);
}

void print_table(const PartitionTable& table, const SourcePtr& disk) {
  dump::print_field("table", kind_name(table.kind));
  dump::print_field("sector size", fmt::format("{}", table.sector_size));
  if (table.disk_id) {
    dump::print_field("disk", table.disk_id->to_string());
  }
  if (table.mbr_signature) {
    dump::print_field("signature", fmt::format("{:08x}", *table.mbr_signature));
  }
  if (table.hybrid) {
    dump::print_field("hybrid", "yes");
  }
  if (table.kind == TableKind::none || table.maybe_volume) {
    print_content(disk);
  }
  for (const Partition& partition : table.partitions) {
    print_partition(partition);
  }
}

std::optional<std::uint32_t> number_from(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  std::optional<std::uint32_t> sector_size;
  if (arguments.size() == 3) {
    sector_size = number_from(arguments[2]);
  }
  if (arguments.size() < 2 || arguments.size() > 3 || (arguments.size() == 3 && !sector_size)) {
    return std::nullopt;
  }
  const Result<SourcePtr> disk = open_file_source(arguments[1]);
  if (!disk) {
    return dump::report(disk.error());
  }
  const Result<PartitionTable> table = read_partition_table(*disk, sector_size, {});
  if (!table) {
    return dump::report(table.error());
  }
  print_table(*table, *disk);
  dump::print_findings(table->diagnostics);
  return ExitCode::ok;
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
