// SPDX-License-Identifier: Apache-2.0
// The members of a zip archive by its central directory.
#include <fmt/format.h>

#include <utility>

#include "vfs/archive/archive_index.h"
#include "vfs/archive/zip_directory.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// File types of Unix modes.
constexpr std::uint32_t type_mask = 0170000;
constexpr std::uint32_t type_directory = 0040000;
constexpr std::uint32_t type_file = 0100000;
constexpr std::uint32_t type_symlink = 0120000;

EntryKind kind_of(const ZipEntry& entry) {
  switch (entry.mode.value_or(0) & type_mask) {
    case 0:
      break;
    case type_directory:
      return EntryKind::directory;
    case type_file:
      return EntryKind::file;
    case type_symlink:
      return EntryKind::symlink;
    default:
      return EntryKind::special;
  }
  return (entry.attributes & file_attribute::directory) != 0 ? EntryKind::directory
                                                             : EntryKind::file;
}

ListedMember to_listed(ZipEntry entry) {
  ListedMember listed;
  listed.kind = kind_of(entry);
  listed.path = std::move(entry.path);
  listed.info.attributes = entry.attributes;
  listed.info.created = entry.created;
  listed.info.modified = entry.modified;
  listed.info.accessed = entry.accessed;
  listed.member = {entry.member, entry.size, entry.encrypted, false};
  listed.place = entry.offset;
  return listed;
}

/// Archives without the Zip64 record keep 16 bits of the count.
bool has_declared_count(const ZipDirectory& directory) {
  constexpr std::uint64_t wrap = 0x10000;
  return directory.entries.size() % wrap == directory.declared % wrap;
}

}  // namespace

Result<ArchiveIndex> index_zip(const SourcePtr& archive, const ArchiveOptions& options,
                               UniqueFindings& findings) {
  ZipDirectory directory = CASEMENT_TRY(read_zip_directory(*archive, options));
  if (directory.entries.empty() && directory.damage) {
    return std::unexpected(*std::move(directory.damage));
  }
  if (directory.damage) {
    findings.add("archive-damaged", 0, *directory.damage);
  } else if (!has_declared_count(directory)) {
    findings.add(Severity::warning, "archive-member-count", 0,
                 fmt::format("the zip end record counts {} members, its directory has {}",
                             directory.declared, directory.entries.size()));
  }
  MemberLister lister(options, findings);
  for (ZipEntry& entry : directory.entries) {
    if (entry.on_other_disk) {
      findings.add(Severity::warning, "archive-other-volume", entry.offset, [&] {
        return fmt::format("\"{}\" lies in another file of a split archive; left out",
                           to_utf8(entry.path));
      });
      continue;
    }
    if (const auto added = lister.add(to_listed(std::move(entry))); !added) {
      findings.add("archive-too-many-entries", 0, added.error());
      break;
    }
  }
  const bool limited = directory.damage && directory.damage->status() == Status::limit_exceeded;
  const bool incomplete = directory.entries.size() < directory.declared && !limited;
  ArchiveIndex index = std::move(lister).finish("zip");
  index.incomplete = incomplete;
  return index;
}

}  // namespace casement
