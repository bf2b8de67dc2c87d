// SPDX-License-Identifier: Apache-2.0
// casement-ntfs-dump: one file record of an NTFS volume, attribute by attribute.
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tools/dump/dump_text.h"
#include "vfs/core/utf16.h"
#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/index.h"
#include "vfs/ntfs/mft.h"
#include "vfs/ntfs/node.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/standard_information.h"
#include "vfs/ntfs/volume.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace): a small program
using namespace casement::ntfs;  // NOLINT(google-build-using-namespace): a small program
using dump::ExitCode;
using dump::print_field;
namespace attribute_type = ntfs_layout::attribute_type;

constexpr const char* usage =
    "usage: casement-ntfs-dump VOLUME RECORD\n"
    "\n"
    "Prints file record number RECORD (5 is the root) of the NTFS volume VOLUME, a file that "
    "begins\n"
    "with its boot sector: header, attributes, names, runs, and the entries of a directory. What "
    "is\n"
    "damaged is reported on standard error.\n"
    "\n"
    "Exit code: 0 printed, 1 the volume or the record cannot be read, 2 wrong arguments.\n";

const char* type_name(std::uint32_t type) noexcept {
  switch (type) {
    case attribute_type::standard_information:
      return "$STANDARD_INFORMATION";
    case attribute_type::attribute_list:
      return "$ATTRIBUTE_LIST";
    case attribute_type::file_name:
      return "$FILE_NAME";
    case attribute_type::object_id:
      return "$OBJECT_ID";
    case attribute_type::security_descriptor:
      return "$SECURITY_DESCRIPTOR";
    case attribute_type::volume_name:
      return "$VOLUME_NAME";
    case attribute_type::volume_information:
      return "$VOLUME_INFORMATION";
    case attribute_type::data:
      return "$DATA";
    case attribute_type::index_root:
      return "$INDEX_ROOT";
    case attribute_type::index_allocation:
      return "$INDEX_ALLOCATION";
    case attribute_type::bitmap:
      return "$BITMAP";
    case attribute_type::reparse_point:
      return "$REPARSE_POINT";
    case attribute_type::ea_information:
      return "$EA_INFORMATION";
    case attribute_type::ea:
      return "$EA";
    case attribute_type::logged_utility_stream:
      return "$LOGGED_UTILITY_STREAM";
    default:
      return "unknown";
  }
}

std::string show(FileReference reference) {
  return fmt::format("{}-{}", reference.record(), reference.sequence());
}

void print_standard_information(Bytes value) {
  const auto info = parse_standard_information(value);
  if (!info) {
    (void)dump::report(info.error());
    return;
  }
  print_field("  created", info->created.to_iso8601());
  print_field("  modified", info->modified.to_iso8601());
  print_field("  changed", info->changed.to_iso8601());
  print_field("  accessed", info->accessed.to_iso8601());
  print_field("  attributes", fmt::format("0x{:08X}", info->attributes));
  print_field("  case-sensitive", info->case_sensitive ? "yes" : "no");
  print_field("  security id", fmt::format("{}", info->security_id));
}

void print_file_name(Bytes value) {
  constexpr const char* name_spaces[] = {"POSIX", "Win32", "DOS", "Win32 and DOS"};
  const auto name = parse_file_name(value);
  if (!name) {
    (void)dump::report(name.error());
    return;
  }
  print_field("  name", to_utf8(name->name()));
  print_field("  name space", name_spaces[static_cast<std::size_t>(name->name_space)]);
  print_field("  parent", show(name->parent));
}

void print_runs(const NtfsNode& node, const AttributeChain& chain) {
  const RunList runs = load_runs(node, chain);
  for (const Run& run : runs.runs()) {
    print_field("  run", run.sparse ? fmt::format("VCN 0x{:X} + 0x{:X}: hole", run.vcn, run.length)
                                    : fmt::format("VCN 0x{:X} + 0x{:X}: LCN 0x{:X}", run.vcn,
                                                  run.length, run.lcn));
  }
}

void print_attribute(const NtfsNode& node, const AttributeChain& chain) {
  const Attribute& head = chain.head;
  fmt::print("\n");
  print_field(fmt::format("0x{:02X} {}", head.type, type_name(head.type)),
              head.raw_name.empty() ? "" : to_utf8(head.name()));
  print_field("  in record", show(chain.holder));
  print_field(
      "  flags",
      fmt::format("0x{:04X}{}{}{}", head.flags, head.is_compressed() ? " compressed" : "",
                  head.is_encrypted() ? " encrypted" : "", head.is_sparse() ? " sparse" : ""));
  if (head.resident) {
    print_field("  size", fmt::format("{}, resident", head.size()));
    if (head.type == attribute_type::standard_information) {
      print_standard_information(head.value);
    } else if (head.type == attribute_type::file_name) {
      print_file_name(head.value);
    }
    return;
  }
  print_field("  size", fmt::format("{}", head.size()));
  print_field("  valid size", fmt::format("{}", head.non_resident.valid_size));
  print_field("  allocated", fmt::format("{}", head.non_resident.total_allocated));
  print_runs(node, chain);
}

void print_header(const NtfsNode& node) {
  const FileRecord& record = node.base();
  print_field("record", show(record.reference()));
  print_field("state", fmt::format("{}{}{}{}", record.in_use() ? "in use" : "free",
                                   record.is_directory() ? ", directory" : "",
                                   record.is_view_index() ? ", view index" : "",
                                   record.torn() ? ", torn" : ""));
  print_field("links", fmt::format("{}", record.link_count()));
}

void print_directory(const NtfsNode& node) {
  const auto tree = IndexTree::open(node, u"$I30", IndexKind::file_names);
  if (!tree) {
    (void)dump::report(tree.error());
    return;
  }
  fmt::print("\n");
  print_field("entries of $I30",
              fmt::format("{} blocks of {}", (*tree)->block_count(), (*tree)->info().block_size));
  IndexCursor cursor(*tree);
  while (true) {
    const auto entry = cursor.next();
    if (!entry) {
      (void)dump::report(entry.error());
      continue;
    }
    if (!*entry) {
      return;
    }
    const auto name = parse_file_name((*entry)->key);
    print_field("  " + show((*entry)->reference),
                name ? to_utf8(name->name()) : name.error().message());
  }
}

Result<void> print_record(const NtfsVolumePtr& volume, std::uint64_t number) {
  const NtfsNode node = CASEMENT_TRY(NtfsNode::read(volume, FileReference::make(number, 0)));
  print_header(node);
  for (const AttributeChain& chain : node.attributes()) {
    print_attribute(node, chain);
  }
  if (node.is_directory()) {
    print_directory(node);
  }
  return {};
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
    return std::nullopt;
  }
  return number;
}

std::optional<ExitCode> run(std::span<char*> arguments) {
  const auto number = arguments.size() == 3 ? parse_number(arguments[2]) : std::nullopt;
  if (!number) {
    return std::nullopt;
  }
  const Result<SourcePtr> source = open_file_source(arguments[1]);
  if (!source) {
    return dump::report(source.error());
  }
  const auto volume = NtfsVolume::open(*source, {});
  if (!volume) {
    return dump::report(volume.error());
  }
  const Result<void> printed = print_record(*volume, *number);
  dump::print_findings((*volume)->findings().snapshot());
  return printed ? ExitCode::ok : dump::report(printed.error());
}

}  // namespace

int main(int argc, char** argv) {
  return dump::run_program(argc, argv, usage, run);
}
