// SPDX-License-Identifier: Apache-2.0
// casement-vhdx-dump: headers, log, regions, metadata and block table of a VHDX.
#include <fmt/format.h>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tools/dump/dump_text.h"
#include "vfs/container/vhdx/vhdx_file.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;

constexpr const char* usage =
    "usage: casement-vhdx-dump FILE\n"
    "\n"
    "Prints the headers of the VHDX FILE, the log entries that are replayed (in memory: FILE is "
    "not\n"
    "changed), its regions, its metadata with the parent that it names, and a summary of its "
    "block\n"
    "table. What is damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the file cannot be read as a VHDX, 2 wrong arguments.\n";

void print_headers(const VhdxHeaders& headers) {
  for (std::size_t i = 0; i < headers.slots.size(); ++i) {
    const std::string name = fmt::format("header {}", i + 1);
    if (!headers.slots[i]) {
      print_field(name, "damaged");
      continue;
    }
    const VhdxHeader& header = *headers.slots[i];
    print_field(name, fmt::format("number {}{}", header.sequence,
                                  &header == headers.current() ? ", current" : ""));
    print_field("  file write", "{" + header.file_write_id.to_string() + "}");
    print_field("  data write", "{" + header.data_write_id.to_string() + "}");
    print_field("  log", header.log_id.is_nil() ? "empty" : "{" + header.log_id.to_string() + "}");
    print_field("  log place", fmt::format("{} bytes at 0x{:x}, version {}", header.log_size,
                                           header.log_offset, header.log_version));
  }
}

void print_log(const VhdxReplay& replay) {
  print_field("log entries replayed", std::to_string(replay.entries.size()));
  for (const VhdxLogEntry& entry : replay.entries) {
    print_field(fmt::format("  at 0x{:x}", entry.offset),
                fmt::format("number {}, {} bytes, {} descriptors, tail 0x{:x}, flushed 0x{:x}, "
                            "last 0x{:x}",
                            entry.sequence, entry.size, entry.descriptor_count, entry.tail,
                            entry.flushed_file_size, entry.last_file_size));
  }
}

void print_regions(const VhdxRegionTable& table) {
  for (const VhdxRegion& region : table.regions) {
    const std::string_view name = vhdx_region_name(region.id);
    print_field("region",
                fmt::format("{}: {} bytes at 0x{:x}{}",
                            name.empty() ? region.id.to_string() : std::string(name), region.length,
                            region.offset, region.required ? ", required" : ""));
  }
}

void print_metadata(const VhdxFile& file) {
  const VhdxMetadata& metadata = file.metadata;
  print_field("type", file.type_name());
  print_field("disk size", fmt::format("{} bytes", metadata.disk_size));
  print_field("block size", fmt::format("{} bytes", metadata.block_size()));
  print_field("logical sector", fmt::format("{} bytes", metadata.logical_sector_size));
  if (metadata.physical_sector_size) {
    print_field("physical sector", fmt::format("{} bytes", *metadata.physical_sector_size));
  }
  if (metadata.disk_id) {
    print_field("disk id", "{" + metadata.disk_id->to_string() + "}");
  }
  if (metadata.parent) {
    for (const auto& [key, value] : metadata.parent->entries) {
      print_field("parent", fmt::format("{} = {}", to_utf8(key), to_utf8(value)));
    }
  }
}

void print_block_table(const VhdxBlockTable& table) {
  constexpr std::array<const char*, 8> states = {"not present", "undefined",        "zero",
                                                 "unmapped",    "reserved 4",       "reserved 5",
                                                 "present",     "partially present"};
  print_field("blocks", std::to_string(table.block_count()));
  const auto counts = table.count_states();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) != 0) {
      print_field(fmt::format("  {}", states.at(i)), std::to_string(counts.at(i)));
    }
  }
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  if (arguments.size() != 2) {
    return std::nullopt;
  }
  const Result<SourcePtr> source = open_file_source(arguments[1]);
  if (!source) {
    return dump::report(source.error());
  }
  const Limits limits;
  const Result<VhdxFile> file = VhdxFile::open(*source, limits);
  if (!file) {
    return dump::report(file.error());
  }
  const Result<std::string> creator = read_vhdx_creator(**source);
  print_field("creator", creator ? *creator : "unreadable");
  print_headers(file->headers);
  print_log(file->replay);
  print_regions(file->regions);
  print_metadata(*file);
  dump::print_findings(file->diagnostics);
  const Result<VhdxBlockTable> table = file->block_table(limits);
  if (!table) {
    return dump::report(table.error());
  }
  print_block_table(*table);
  return ExitCode::ok;
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
