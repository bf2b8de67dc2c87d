// SPDX-License-Identifier: Apache-2.0
// Header, backing files and tables of a QCOW image become one disk.
#include "vfs/container/qcow2/open_qcow2.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "vfs/container/qcow2/qcow2_header.h"
#include "vfs/container/qcow2/qcow2_layout.h"
#include "vfs/container/qcow2/qcow2_source.h"
#include "vfs/container/referenced_file.h"
#include "vfs/container/size_text.h"

namespace casement {
namespace {

/// A name with a protocol is no file beside the image: "nbd://host/x", "json:{...}", "rbd:pool/x".
/// "file:" is, and so is a drive letter.
Result<std::string> file_of(const std::string& name, const char* role) {
  if (name.starts_with("file:")) {
    return name.substr(5);
  }
  const std::size_t colon = name.find_first_of(":/\\");
  if (colon != std::string::npos && colon > 1 && name[colon] == ':') {
    return fail(Status::unsupported,
                fmt::format("{} \"{}\" is not named by a path: protocols are not supported", role,
                            printable_text(name)));
  }
  return name;
}

/// QEMU's name of a format, as our table has it.
std::string_view our_name(std::string_view format) {
  if (format == "qcow") {
    return "qcow2";
  }
  return format == "vpc" ? "vhd" : format;
}

/// The backing file's disk; what it needed joins `disk`.
Result<SourcePtr> open_backing(const Qcow2Header& header, const ContainerFile& file,
                               const ContainerContext& context, OpenedContainer& disk) {
  const std::string path = CASEMENT_TRY(file_of(*header.backing_file, "backing file"));
  const ReferencedFile found = CASEMENT_TRY(find_referenced(file.folder, path, "backing file"));
  if (header.backing_format == "raw") {
    // The guest of a raw disk could have written any other format's magic into it.
    disk.other_files.push_back(found.path);
    return found.source;
  }
  const OpenedContainer parent =
      CASEMENT_TRY(open_parent_file(file, found, "backing file", context, disk));
  if (header.backing_format && parent.format != our_name(*header.backing_format)) {
    disk.diagnostics.add(Severity::warning, "qcow2-backing-format",
                         fmt::format("{}: the backing file {} should be of format {}, and is {}",
                                     file.name, found.path, printable_text(*header.backing_format),
                                     parent.format.empty() ? "raw" : parent.format));
  }
  return parent.disk;
}

Result<SourcePtr> open_data_file(const Qcow2Header& header, const ContainerFile& file,
                                 OpenedContainer& disk) {
  if (!header.data_file) {
    return fail(Status::corrupt,
                "QCOW header: the data is in another file, but no extension names it");
  }
  const std::string path = CASEMENT_TRY(file_of(*header.data_file, "data file"));
  ReferencedFile found = CASEMENT_TRY(find_referenced(file.folder, path, "data file"));
  disk.other_files.push_back(found.path);
  return std::move(found.source);
}

std::string describe(const Qcow2Header& header) {
  std::string text = fmt::format("version {}, {}, {} clusters", header.version,
                                 size_text(header.size), size_text(header.cluster_size()));
  if (header.compression == Qcow2Compression::zstd) {
    text += ", zstd";
  }
  if (header.extended_l2) {
    text += ", extended L2";
  }
  if (header.data_file && header.external_data) {
    text += fmt::format(", data in {}", printable_text(*header.data_file));
  }
  if (header.backing_file) {
    text += fmt::format(", backing file {}", printable_text(*header.backing_file));
  }
  if (header.snapshot_count != 0) {
    text +=
        fmt::format(", {} internal snapshots (the current state is read)", header.snapshot_count);
  }
  return text;
}

void report_state(const Qcow2Header& header, const ContainerFile& file, Diagnostics& findings) {
  if (header.dirty) {
    findings.add(Severity::note, "qcow2-dirty",
                 fmt::format("{}: was not closed; reference counts may be wrong, which reading "
                             "does not need",
                             file.name));
  }
  if (header.marked_corrupt) {
    findings.add(Severity::warning, "qcow2-marked-corrupt",
                 fmt::format("{}: marked as corrupt by the program that wrote it", file.name));
  }
}

}  // namespace

Result<bool> probe_qcow2(const ContainerFile& file) {
  std::array<char, qcow2_layout::magic.size()> start{};
  if (file.source->size() < start.size()) {
    return false;
  }
  CASEMENT_TRY(file.source->read(0, std::as_writable_bytes(std::span(start))));
  return start == qcow2_layout::magic;
}

Result<OpenedContainer> open_qcow2(const ContainerFile& file, const ContainerContext& context) {
  const Qcow2Header header = CASEMENT_TRY(Qcow2Header::read(*file.source, context.limits));
  OpenedContainer disk;
  disk.format = "qcow2";
  disk.detail = describe(header);
  report_state(header, file, disk.diagnostics);
  Qcow2Parts parts;
  parts.file = file.source;
  parts.data = file.source;
  // Before the L1 table is read: a chain that is too long then costs no memory.
  if (header.backing_file) {
    parts.backing = CASEMENT_TRY(open_backing(header, file, context, disk));
  }
  if (header.external_data) {
    parts.data = CASEMENT_TRY(open_data_file(header, file, disk));
  }
  parts.cache = context.cache;
  parts.table_owner = context.next_owner();
  parts.cluster_owner = context.next_owner();
  disk.disk = CASEMENT_TRY(Qcow2Source::open(header, std::move(parts)));
  return disk;
}

}  // namespace casement
