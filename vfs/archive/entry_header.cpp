// SPDX-License-Identifier: Apache-2.0
// From libarchive's entries to ours.
#include "vfs/archive/entry_header.h"

#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <string_view>
#include <utility>

#include "vfs/fs/file_system.h"

namespace casement {
namespace {

std::string text_of(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

/// A moment whose archive keeps the reading of a clock and no zone. libarchive took the host's
/// zone; this gives the reading as if it had been UTC, as FAT volumes do it, on every host alike.
std::int64_t clock_reading(std::int64_t seconds) {
  const auto moment = static_cast<std::time_t>(seconds);
  std::tm parts = {};
  if (::localtime_r(&moment, &parts) == nullptr) {
    return seconds;
  }
  using std::chrono::day;
  using std::chrono::month;
  using std::chrono::sys_days;
  using std::chrono::year;
  const sys_days date = year(parts.tm_year + 1900) /
                        month(static_cast<unsigned>(parts.tm_mon) + 1) /
                        day(static_cast<unsigned>(parts.tm_mday));
  constexpr std::int64_t day_seconds = 86'400;
  return date.time_since_epoch().count() * day_seconds + parts.tm_hour * 3600 + parts.tm_min * 60 +
         parts.tm_sec;
}

/// FILE_ATTRIBUTE_* of the names in a text such as "rdonly,hidden,system".
std::uint32_t attributes_of(std::string_view names) {
  struct Name {
    std::string_view text;
    std::uint32_t attribute;
  };
  constexpr std::array known{
      Name{"rdonly", file_attribute::read_only}, Name{"readonly", file_attribute::read_only},
      Name{"hidden", file_attribute::hidden},    Name{"uhidden", file_attribute::hidden},
      Name{"system", file_attribute::system},    Name{"usystem", file_attribute::system},
      Name{"archive", file_attribute::archive},  Name{"uarchive", file_attribute::archive},
      Name{"offline", file_attribute::offline},  Name{"uoffline", file_attribute::offline}};
  std::uint32_t attributes = 0;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    for (const Name& candidate : known) {
      attributes |= candidate.text == name ? candidate.attribute : 0;
    }
  }
  return attributes;
}

EntryKind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) {
    return EntryKind::hard_link;
  }
  switch (archive_entry_filetype(entry)) {
    case 0:  // the format does not say
    case AE_IFREG:
      return EntryKind::file;
    case AE_IFDIR:
      return EntryKind::directory;
    case AE_IFLNK:
      return EntryKind::symlink;
    default:
      return EntryKind::special;
  }
}

EntryHeader header_of(archive_entry* entry) {
  EntryHeader header;
  header.path = text_of(archive_entry_pathname(entry));
  header.kind = kind_of(entry);
  header.target = text_of(header.kind == EntryKind::hard_link ? archive_entry_hardlink(entry)
                                                              : archive_entry_symlink(entry));
  if (archive_entry_size_is_set(entry) != 0 && archive_entry_size(entry) >= 0) {
    header.size = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  header.attributes = attributes_of(text_of(archive_entry_fflags_text(entry)));
  header.encrypted = archive_entry_is_encrypted(entry) != 0;
  header.sparse = archive_entry_sparse_count(entry) != 0;
  return header;
}

void set_times(EntryHeader& header, archive_entry* entry, bool without_zone) {
  const auto moment = [&](int set, std::time_t seconds, long nanoseconds) {
    if (set == 0) {
      return FileTime();
    }
    constexpr long most = 999'999'999;
    return FileTime::from_unix(without_zone ? clock_reading(seconds) : seconds,
                               static_cast<std::uint32_t>(std::clamp(nanoseconds, 0L, most)));
  };
  header.created = moment(archive_entry_birthtime_is_set(entry), archive_entry_birthtime(entry),
                          archive_entry_birthtime_nsec(entry));
  header.modified = moment(archive_entry_mtime_is_set(entry), archive_entry_mtime(entry),
                           archive_entry_mtime_nsec(entry));
  header.changed = moment(archive_entry_ctime_is_set(entry), archive_entry_ctime(entry),
                          archive_entry_ctime_nsec(entry));
  header.accessed = moment(archive_entry_atime_is_set(entry), archive_entry_atime(entry),
                           archive_entry_atime_nsec(entry));
}

/// What formats of Windows say, and libarchive puts into the terms of Unix.
void adapt_to_windows(EntryHeader& header, unsigned permissions) {
  constexpr unsigned any = 0777;
  constexpr unsigned writable = 0222;
  if ((permissions & any) != 0 && (permissions & writable) == 0) {
    header.attributes |= file_attribute::read_only;
  }
  if (!header.created.is_set()) {
    header.created = std::exchange(header.changed, FileTime());  // "ctime" is the creation
  }
}

}  // namespace

EntryHeader read_entry_header(archive_entry* entry, bool clock_readings, bool from_windows) {
  EntryHeader header = header_of(entry);
  set_times(header, entry, clock_readings);
  if (from_windows) {
    adapt_to_windows(header, archive_entry_perm(entry));
  }
  return header;
}

}  // namespace casement
