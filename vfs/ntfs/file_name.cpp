// SPDX-License-Identifier: Apache-2.0
// Checks on $FILE_NAME.
#include "vfs/ntfs/file_name.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"
#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {
namespace {

Result<void> parse_into(Bytes raw, NtfsFileName& name) {
  const auto disk = CASEMENT_TRY(load<ntfs_layout::FileName>(raw, 0, "file name"));
  constexpr std::uint8_t last_name_space = 3;
  if (disk.name_length == 0 || disk.name_space > last_name_space) {
    return fail(Status::corrupt, fmt::format("file name: {} units of name space {}, expected 1 to "
                                             "255 of 0 to 3",
                                             disk.name_length, disk.name_space));
  }
  name.parent = {disk.parent.value()};
  name.created = {disk.created.value()};
  name.modified = {disk.modified.value()};
  name.changed = {disk.changed.value()};
  name.accessed = {disk.accessed.value()};
  name.allocated_size = disk.allocated_size.value();
  name.data_size = disk.data_size.value();
  name.attributes = disk.attributes.value();
  name.reparse_tag = disk.reparse_tag.value();
  name.name_space = static_cast<NtfsNameSpace>(disk.name_space);
  name.raw_name =
      CASEMENT_TRY(slice(raw, sizeof(disk), std::uint64_t{2} * disk.name_length, "file name"));
  return {};
}

}  // namespace

std::u16string NtfsFileName::name() const {
  return from_utf16le(raw_name);
}

bool NtfsFileName::is_directory() const noexcept {
  return (attributes & ntfs_layout::file_name_flag::directory) != 0;
}

bool NtfsFileName::is_reparse_point() const noexcept {
  return (attributes & file_attribute::reparse_point) != 0;
}

Result<NtfsFileName> parse_file_name(Bytes raw) {
  Result<NtfsFileName> name(std::in_place);  // filled where it is returned, without a copy
  if (auto parsed = parse_into(raw, *name); !parsed) {
    name = std::unexpected(std::move(parsed).error());
  }
  return name;
}

}  // namespace casement::ntfs
