// SPDX-License-Identifier: Apache-2.0
// casement-iso-dump: descriptors, boot catalog, anchors and partitions of optical media.
#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>

#include "tools/dump/dump_text.h"
#include "vfs/core/utf16.h"
#include "vfs/iso9660/el_torito.h"
#include "vfs/iso9660/iso9660_descriptors.h"
#include "vfs/source/file_source.h"
#include "vfs/udf/udf_anchor.h"
#include "vfs/udf/udf_file_system.h"
#include "vfs/udf/udf_values.h"
#include "vfs/udf/udf_volume.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;
using dump::printable;

constexpr const char* usage =
    "usage: casement-iso-dump FILE\n"
    "\n"
    "Prints the volume descriptors of the ISO 9660 file system in FILE, its boot catalog, and the\n"
    "anchors, descriptors and partitions of the UDF file system beside it or instead. What is\n"
    "damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the file holds neither, or cannot be read, 2 wrong arguments.\n";

const char* descriptor_name(std::uint8_t type, std::uint8_t version) noexcept {
  switch (type) {
    case 0:
      return "boot record";
    case 1:
      return "primary";
    case 2:
      return version == 2 ? "enhanced" : "supplementary";
    case 3:
      return "partition";
    case 255:
      return "terminator";
    default:
      return "unknown";
  }
}

void print_tree(const Iso9660Tree& tree) {
  print_field(fmt::format("tree: {}", to_string(tree.names)),
              fmt::format("'{}'{}", printable(to_utf8(tree.label)),
                          tree.joliet_level != 0 ? fmt::format(", level {}", tree.joliet_level)
                                                 : std::string()));
  print_field("  size", fmt::format("{} blocks of {} bytes", tree.block_count, tree.block_size));
  print_field("  created", tree.created.to_iso8601());
  print_field("  modified", tree.modified.to_iso8601());
  if (tree.volume_count > 1) {
    print_field("  medium", fmt::format("{} of {}", tree.volume_number, tree.volume_count));
  }
}

void print_catalog(const BootCatalog& catalog) {
  print_field("boot catalog",
              fmt::format("sector {}, '{}', checksum {}, key {}", catalog.sector,
                          printable(catalog.id), catalog.checksum_valid ? "right" : "wrong",
                          catalog.key_valid ? "right" : "wrong"));
  for (const BootCatalogEntry& entry : catalog.entries) {
    print_field(
        fmt::format("  {}", boot_platform_name(entry.platform)),
        fmt::format("{}, {}, {} sectors of 512 bytes from sector {} on, segment 0x{:04x}{}",
                    entry.bootable ? "bootable" : "not bootable", boot_media_name(entry.media),
                    entry.sector_count, entry.load_block, entry.load_segment,
                    entry.section_id.empty() ? std::string()
                                             : fmt::format(", '{}'", printable(entry.section_id))));
  }
  dump::print_findings(catalog.findings);
}

ExitCode print_iso9660(const ByteSource& volume) {
  UniqueFindings findings;
  const auto descriptors = read_iso9660_descriptors(volume, findings);
  if (!descriptors) {
    return dump::report(descriptors.error());
  }
  for (const auto& seen : descriptors->seen) {
    print_field(fmt::format("descriptor in sector {}", seen.sector),
                fmt::format("{} (type {}, version {})", descriptor_name(seen.type, seen.version),
                            seen.type, seen.version));
  }
  for (const auto* tree : {&descriptors->primary, &descriptors->joliet, &descriptors->enhanced}) {
    if (*tree) {
      print_tree(**tree);
    }
  }
  dump::print_findings(findings.snapshot());
  const auto catalog = read_boot_catalog(volume);
  if (!catalog) {
    return dump::report(catalog.error());
  }
  if (*catalog) {
    print_catalog(**catalog);
  }
  return ExitCode::ok;
}

const char* partition_name(UdfPartitionKind kind) noexcept {
  switch (kind) {
    case UdfPartitionKind::physical:
      return "physical";
    case UdfPartitionKind::sparable:
      return "sparable";
    case UdfPartitionKind::virtual_table:
      return "virtual";
    case UdfPartitionKind::metadata:
      return "metadata";
  }
  return "unknown";
}

void print_volume(const UdfVolumePtr& volume) {
  const UdfFileSystem file_system(volume);
  const FileSystemInfo info = file_system.info();
  print_field("UDF volume", fmt::format("{}, '{}'", info.version, printable(to_utf8(info.label))));
  print_field("  serial number",
              fmt::format("{:04X}-{:04X}", *info.serial >> 16, *info.serial & 0xFFFFU));
  print_field("  block size", fmt::format("{} bytes", info.cluster_size));
  print_field("  closed", info.dirty ? "no" : "yes");
  const UdfDescriptors& descriptors = volume->descriptors();
  if (descriptors.primary) {
    print_field("  volume set",
                printable(to_utf8(from_udf_field(descriptors.primary->volume_set_id))));
    print_field("  written with",
                printable(std::string(udf_entity(descriptors.primary->implementation))));
    print_field("  recorded", from_udf_time(descriptors.primary->recorded).to_iso8601());
  }
  for (const auto& partition : descriptors.partitions) {
    print_field(fmt::format("  partition {}", partition.number.value()),
                fmt::format("{} sectors from sector {} on", partition.length.value(),
                            partition.start.value()));
  }
  for (std::size_t i = 0; i < volume->space().partitions().size(); ++i) {
    const UdfPartition& partition = volume->space().partitions()[i];
    print_field(fmt::format("  map {}", i),
                fmt::format("{}, in partition {}, {} bytes{}", partition_name(partition.kind),
                            partition.number, partition.bytes->size(),
                            partition.mirror ? ", with a mirror" : ""));
  }
  print_field("  root directory", to_string(volume->root()));
  dump::print_findings(file_system.diagnostics());
}

ExitCode print_udf(const SourcePtr& source) {
  const auto anchors = find_udf_anchors(*source);
  if (!anchors) {
    return dump::report(anchors.error());
  }
  for (const UdfAnchor& anchor : *anchors) {
    print_field(fmt::format("anchor in sector {}", anchor.sector),
                fmt::format("sectors of {} bytes, main sequence: {} bytes at {}, reserve: {} at {}",
                            anchor.sector_size, anchor.main.length, anchor.main.sector,
                            anchor.reserve.length, anchor.reserve.sector));
  }
  const auto volume = UdfVolume::open(source, {});
  if (!volume) {
    return dump::report(volume.error());
  }
  print_volume(*volume);
  return ExitCode::ok;
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  if (arguments.size() != 2) {
    return std::nullopt;
  }
  const Result<SourcePtr> source = open_file_source(arguments[1]);
  if (!source) {
    return dump::report(source.error());
  }
  const auto names = read_recognition_sequence(**source);
  const auto anchors = find_udf_anchors(**source);
  if (!names || !anchors) {
    return dump::report(names ? anchors.error() : names.error());
  }
  std::string sequence;
  for (const std::string& name : *names) {
    sequence += (sequence.empty() ? "" : ", ") + name;
  }
  print_field("recognition sequence", sequence.empty() ? "none" : sequence);
  const bool has_udf = names_udf(*names) || !anchors->empty();
  const bool has_iso9660 = !names->empty() && names->front() == "CD001";
  if (!has_udf && !has_iso9660) {
    return dump::report(Error(Status::bad_format,
                              fmt::format("{}: neither ISO 9660 nor UDF", (*source)->describe())));
  }
  const ExitCode first = has_iso9660 ? print_iso9660(**source) : ExitCode::ok;
  const ExitCode second = has_udf ? print_udf(*source) : ExitCode::ok;
  return first != ExitCode::ok ? first : second;
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
