// SPDX-License-Identifier: Apache-2.0
// casement-fat-dump: what a FAT or exFAT volume says of itself, its clusters, and one directory.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <optional>
#include <span>
#include <string>

#include "tools/dump/dump_text.h"
#include "vfs/core/utf16.h"
#include "vfs/exfat/exfat_volume.h"
#include "vfs/exfat/open_exfat.h"
#include "vfs/fat/fat_volume.h"
#include "vfs/fat/open_fat.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;

constexpr const char* usage =
    "usage: casement-fat-dump FILE [DIRECTORY]\n"
    "\n"
    "Prints where everything lies on the FAT12, FAT16, FAT32 or exFAT volume in FILE, how its\n"
    "clusters are used, and the entries of DIRECTORY (the root when none is given), deleted ones\n"
    "marked by a star. FILE is the volume itself, not a partitioned disk. What is damaged is\n"
    "reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the file cannot be read as a volume, 2 wrong arguments.\n";

std::string hex(std::uint64_t value) {
  return fmt::format("0x{:x}", value);
}

void print_info(const FileSystemInfo& info) {
  print_field("type", info.version);
  print_field("label", to_utf8(info.label));
  if (info.serial) {
    print_field("serial number",
                fmt::format("{:04X}-{:04X}", *info.serial >> 16, *info.serial & 0xFFFFU));
  }
  print_field("bytes of the volume", std::to_string(info.size));
  print_field("bytes of a cluster", std::to_string(info.cluster_size));
  print_field("sectors before it", std::to_string(info.start_sector.value_or(0)));
  print_field("unmounted", info.dirty ? "no" : "yes");
}

/// How many entries of each kind the table has.
Result<void> print_clusters(const ClusterTable& table) {
  std::array<std::uint64_t, 5> counts{};
  PieceReader reader = table.reader();
  for (std::uint32_t i = 0; i < table.layout().cluster_count; ++i) {
    const ClusterLink link = CASEMENT_TRY(table.link(reader, i + 2));
    ++counts[static_cast<std::size_t>(link.kind)];
  }
  const auto count = [&](LinkKind kind) { return counts[static_cast<std::size_t>(kind)]; };
  print_field("clusters", std::to_string(table.layout().cluster_count));
  print_field("clusters in use", std::to_string(count(LinkKind::next) + count(LinkKind::end)));
  print_field("chains", std::to_string(count(LinkKind::end)));
  print_field("bad clusters", std::to_string(count(LinkKind::bad)));
  print_field("links to nowhere", std::to_string(count(LinkKind::invalid)));
  return {};
}

Result<void> print_fat(const FatVolume& volume) {
  const FatGeometry& geometry = volume.geometry();
  print_field("written by", to_utf8(geometry.oem_name));
  print_field("bytes of a sector", std::to_string(geometry.sector_size));
  print_field("media", hex(geometry.media));
  for (std::uint32_t i = 0; i < geometry.fat_count; ++i) {
    print_field(fmt::format("FAT {}", i),
                fmt::format("0x{:x}, {} bytes{}", geometry.fat_offset + i * geometry.fat_size,
                            geometry.fat_size, i == geometry.active_fat ? ", read" : ""));
  }
  print_field("root directory",
              geometry.type == FatType::fat32
                  ? fmt::format("cluster {}", geometry.root_cluster)
                  : fmt::format("0x{:x}, {} slots", geometry.root_offset, geometry.root_slots));
  print_field("cluster 2", hex(geometry.heap_offset));
  return print_clusters(volume.table());
}

Result<void> print_exfat(const ExfatVolume& volume) {
  const ExfatGeometry& geometry = volume.geometry();
  print_field("bytes of a sector", std::to_string(geometry.sector_size));
  for (std::uint32_t i = 0; i < geometry.fat_count; ++i) {
    print_field(fmt::format("FAT {}", i),
                fmt::format("0x{:x}, {} bytes{}", geometry.fat_offset + i * geometry.fat_size,
                            geometry.fat_size, i == geometry.active_fat ? ", read" : ""));
  }
  print_field("root directory", fmt::format("cluster {}", geometry.root_cluster));
  print_field("cluster 2", hex(geometry.heap_offset));
  if (volume.guid()) {
    print_field("volume GUID", volume.guid()->to_string());
  }
  std::uint64_t used = 0;
  for (std::uint32_t i = 0; i < geometry.cluster_count; ++i) {
    used += volume.is_allocated(i + 2).value_or(false) ? 1 : 0;
  }
  print_field("clusters", std::to_string(geometry.cluster_count));
  print_field("clusters in use", std::to_string(used));
  return {};
}

/// The entries of one directory. The scan is what shows deleted ones.
Result<void> print_directory(const FileSystem& volume, NodeId directory) {
  const std::unique_ptr<VolumeScan> scan = CASEMENT_TRY(volume.scan({.deleted = true}));
  fmt::print("\n");
  while (true) {
    const auto next = scan->next();
    if (!next) {
      fmt::print(stderr, "{}\n", dump::printable(next.error().message()));
      continue;
    }
    if (!*next) {
      return {};
    }
    const ScanEntry& entry = **next;
    if (entry.parent == directory) {
      const std::string size = entry.info.kind == NodeKind::directory
                                   ? std::string("directory")
                                   : std::to_string(entry.info.size);
      fmt::print("{} {:>12}  {:<20}  {:<12}  {}\n", entry.deleted ? '*' : ' ', size,
                 entry.info.modified.to_iso8601().substr(0, 19),
                 dump::printable(to_utf8(entry.short_name)), dump::printable(to_utf8(entry.name)));
    }
  }
}

Result<NodeId> find_directory(const FileSystem& volume, const std::string& path) {
  NodeId at = volume.root();
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find_first_of("/\\"));
    rest.remove_prefix(name.size() == rest.size() ? rest.size() : name.size() + 1);
    const auto units = from_utf8(name);
    if (name.empty()) {
      continue;
    }
    const auto found = units ? CASEMENT_TRY(volume.lookup(at, *units)) : std::nullopt;
    if (!found) {
      return fail(Status::path_not_found, fmt::format("nothing is named {} in {}", name, path));
    }
    at = found->node;
  }
  CASEMENT_TRY(volume.read_dir(at));
  return at;
}

Result<void> print_volume(const SourcePtr& source, const std::string& directory) {
  const bool exfat = CASEMENT_TRY(probe_exfat(*source));
  const FileSystemPtr volume = CASEMENT_TRY(exfat ? open_exfat(source) : open_fat(source));
  print_info(volume->info());
  if (exfat) {
    const ExfatVolumePtr parts = CASEMENT_TRY(ExfatVolume::open(source, {}));
    CASEMENT_TRY(print_exfat(*parts));
  } else {
    const FatVolumePtr parts = CASEMENT_TRY(FatVolume::open(source, {}));
    CASEMENT_TRY(print_fat(*parts));
  }
  const NodeId shown = CASEMENT_TRY(find_directory(*volume, directory));
  CASEMENT_TRY(print_directory(*volume, shown));
  dump::print_findings(volume->diagnostics());
  return {};
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  if (arguments.size() != 2 && arguments.size() != 3) {
    return std::nullopt;
  }
  const Result<SourcePtr> source = open_file_source(arguments[1]);
  if (!source) {
    return dump::report(source.error());
  }
  const Result<void> printed = print_volume(*source, arguments.size() == 3 ? arguments[2] : "");
  return printed ? ExitCode::ok : dump::report(printed.error());
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
