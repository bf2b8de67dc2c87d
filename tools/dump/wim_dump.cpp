// SPDX-License-Identifier: Apache-2.0
// casement-wim-dump: header, parts, blob table, solid resources and integrity table of a WIM.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tools/dump/dump_text.h"
#include "vfs/core/digest.h"
#include "vfs/open/image_folder.h"
#include "vfs/source/file_source.h"
#include "vfs/wim/blob_table.h"
#include "vfs/wim/integrity.h"
#include "vfs/wim/part_set.h"
#include "vfs/wim/resource.h"
#include "vfs/wim/solid_resources.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;

constexpr const char* usage =
    "usage: casement-wim-dump FILE [all]\n"
    "\n"
    "Prints the header of the WIM, ESD or SWM FILE, the other parts of its set that are beside "
    "it,\n"
    "and of each part the rows of its blob table (the first 100, or all), its solid resources and\n"
    "its integrity table. What is damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the file cannot be read as a WIM, 2 wrong arguments.\n";

constexpr std::uint32_t usual_rows = 100;

std::string place_text(const wim::ResourceLocation& place) {
  namespace flag = wim_layout::resource_flag;
  constexpr std::array<std::pair<std::uint8_t, const char*>, 5> names = {
      {{flag::free, "free"},
       {flag::metadata, "metadata"},
       {flag::compressed, "compressed"},
       {flag::spanned, "spanned"},
       {flag::solid, "solid"}}};
  std::string text =
      fmt::format("{} bytes at 0x{:x}, plain {}", place.stored_size, place.offset, place.size);
  for (const auto& [bit, name] : names) {
    if (place.has(bit)) {
      text += fmt::format(", {}", name);
    }
  }
  return text;
}

/// Of a table that a header names.
std::string table_text(const wim::ResourceLocation& place) {
  return place.is_absent() ? "none" : place_text(place);
}

void print_header(const wim::PartHeader& part) {
  const wim::WimHeader& header = part.header;
  print_field("version", fmt::format("0x{:08x}", header.version));
  print_field("flags", fmt::format("0x{:08x}{}{}", header.flags,
                                   header.write_in_progress ? ", write in progress" : "",
                                   header.pipable ? ", pipable" : ""));
  print_field("compression", fmt::format("{}, chunks of {} bytes", to_string(header.compression),
                                         header.chunk_size));
  print_field("GUID", "{" + header.guid.to_string() + "}");
  print_field("images", fmt::format("{}, boot index {}", header.image_count, header.boot_index));
  print_field("blob table", table_text(part.blob_table));
  print_field("XML data", table_text(part.xml));
  print_field("boot metadata", table_text(part.boot_metadata));
  print_field("integrity table", table_text(part.integrity));
}

void print_row(std::uint32_t row, const wim::BlobEntry& entry) {
  print_field(fmt::format("row {}", row),
              fmt::format("{} x{} part {}: {}", to_hex(entry.hash), entry.references, entry.part,
                          place_text(entry.location)));
}

void print_solid(const wim::BlobTable& table, const wim::PartSet& parts, Diagnostics& findings) {
  for (const wim::SolidRun& run : table.solid_runs()) {
    const wim::SolidRunMap map = map_solid_run(table, run, parts);
    print_field("solid run", fmt::format("rows {} to {}", run.first, run.end - 1));
    for (std::size_t i = 0; i < map.resources.size(); ++i) {
      if (!map.resources[i]) {
        findings.add("solid", map.resources[i].error());
        continue;
      }
      const wim::ResourceSpec& spec = *map.resources[i];
      print_field(
          fmt::format("  row {}", run.resources[i]),
          fmt::format(
              "{} in chunks of {}: {} plain bytes from {} of the run",
              to_string(spec.format.compression), spec.format.chunk_size, spec.location.size,
              i < map.starts.size() ? fmt::format("{}", map.starts[i]) : std::string("nowhere")));
    }
  }
}

void print_integrity(const wim::WimPart& part, Diagnostics& findings) {
  const auto table = wim::read_integrity_table(part, {});
  if (!table) {
    findings.add("integrity", table.error());
  } else if (*table) {
    print_field("integrity", fmt::format("{} digests, of {} bytes each, from 0x{:x} to 0x{:x}",
                                         (*table)->digests.size(), (*table)->chunk_size,
                                         (*table)->begin, (*table)->end));
  }
}

void print_table(const wim::WimPart& part, const wim::PartSet& parts, std::uint32_t most,
                 Diagnostics& findings) {
  const Limits limits;
  if (part.header.blob_table.is_absent()) {
    return;
  }
  const wim::ResourceSpec spec{.file = part.source,
                               .location = part.header.blob_table,
                               .format = part.format(),
                               .use = wim::ResourceUse::metadata,
                               .cache_owner = 0,
                               .label = "blob table"};
  auto rows =
      read_resource(spec, std::make_shared<wim::ReadState>(limits), limits, limits.max_table_size);
  if (!rows) {
    findings.add("blob-table", rows.error());
    return;
  }
  wim::BlobTable table;
  table.add_table(*std::move(rows));
  for (std::uint32_t row = 0; row < std::min(most, table.size()); ++row) {
    print_row(row, table.at(row));
  }
  if (table.size() > most) {
    print_field("", fmt::format("and {} more rows", table.size() - most));
  }
  print_solid(table, parts, findings);
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  const bool all = arguments.size() == 3 && std::string_view(arguments[2]) == "all";
  if (arguments.size() != 2 && !all) {
    return std::nullopt;
  }
  const std::filesystem::path path(arguments[1]);
  auto file = open_file_source(path.string());
  if (!file) {
    return dump::report(file.error());
  }
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  Diagnostics findings;
  const auto parts = wim::find_parts({.source = *std::move(file),
                                      .name = path.filename().string(),
                                      .folder = make_host_folder(folder)},
                                     findings);
  if (!parts) {
    return dump::report(parts.error());
  }
  for (const wim::WimPart& part : parts->parts) {
    print_field("part", fmt::format("{} of {}: {}", part.number(), parts->part_count, part.name));
    print_header(part.header);
    print_table(part, *parts, all ? std::numeric_limits<std::uint32_t>::max() : usual_rows,
                findings);
    print_integrity(part, findings);
  }
  dump::print_findings(findings);
  return ExitCode::ok;
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
