// SPDX-License-Identifier: Apache-2.0
// Both lengths of $STANDARD_INFORMATION.
#include "vfs/ntfs/standard_information.h"

#include "vfs/ntfs/ntfs_layout.h"

namespace casement::ntfs {

Result<NtfsStandardInformation> parse_standard_information(Bytes raw) {
  const auto disk =
      CASEMENT_TRY(load<ntfs_layout::StandardInformation>(raw, 0, "standard information"));
  NtfsStandardInformation information;
  information.created = {disk.created.value()};
  information.modified = {disk.modified.value()};
  information.changed = {disk.changed.value()};
  information.accessed = {disk.accessed.value()};
  // Windows leaves the marks of $FILE_NAME here too on some of its own files, and never shows them.
  constexpr std::uint32_t marks =
      ntfs_layout::file_name_flag::directory | ntfs_layout::file_name_flag::view_index;
  information.attributes = disk.attributes.value() & ~marks;
  // One bit among others: a directory may have a storage reserve and be case-sensitive as well.
  information.case_sensitive =
      (disk.extra_flags.value() & ntfs_layout::extra_flag_case_sensitive) != 0;
  if (raw.size() >= sizeof(ntfs_layout::StandardInformation30)) {
    const auto newer =
        CASEMENT_TRY(load<ntfs_layout::StandardInformation30>(raw, 0, "standard information"));
    information.security_id = newer.security_id.value();
    information.usn = newer.usn.value();
  }
  return information;
}

}  // namespace casement::ntfs
