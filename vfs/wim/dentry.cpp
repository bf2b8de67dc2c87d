// SPDX-License-Identifier: Apache-2.0
// Checks on directory entries.
#include "vfs/wim/dentry.h"

#include <fmt/format.h>

#include "vfs/fs/reparse.h"

namespace casement::wim {
namespace {

namespace layout = metadata_layout;

/// Bytes that a name takes with its NUL.
constexpr std::uint64_t stored_size(std::uint16_t name_size) noexcept {
  constexpr std::uint64_t nul_size = 2;
  return name_size == 0 ? 0 : name_size + nul_size;
}

void take_names(const layout::Dentry& disk, Dentry& dentry) {
  const std::uint16_t name = disk.name_size.value();
  const std::uint16_t short_name = disk.short_name_size.value();
  // The last NUL may be missing.
  const std::uint64_t needed =
      sizeof(disk) + (short_name == 0 ? name : stored_size(name) + short_name);
  dentry.names_damaged = name % 2 != 0 || short_name % 2 != 0 || needed > disk.length.value();
  if (!dentry.names_damaged) {
    dentry.name_size = name;
    dentry.short_name_size = short_name;
  }
}

}  // namespace

NodeKind Dentry::kind() const noexcept {
  if (is_link_tag(reparse_tag)) {
    return NodeKind::reparse_point;
  }
  return is_directory() ? NodeKind::directory : NodeKind::file;
}

Result<std::optional<Dentry>> read_dentry(MetadataView& view, std::uint64_t offset) {
  const char* const what = "directory entry";
  const std::uint64_t left = view.size() - std::min(offset, view.size());
  // The end of the last directory may be the last thing there is.
  const std::uint64_t wanted =
      left < sizeof(layout::Dentry) ? sizeof(le64) : sizeof(layout::Dentry);
  const Bytes raw = CASEMENT_TRY(view.at(offset, wanted, what));
  const auto length = get_le<std::uint64_t>(raw, 0);
  if (length <= layout::end_length) {
    return std::optional<Dentry>();
  }
  if (length < sizeof(layout::Dentry) || length > left) {
    return fail(Status::corrupt,
                fmt::format("directory entry at 0x{:x} of the metadata: length {}, expected {} to "
                            "{}",
                            offset, length, sizeof(layout::Dentry), left));
  }
  const auto disk = CASEMENT_TRY(load<layout::Dentry>(raw, 0, what));
  Dentry dentry;
  dentry.offset = offset;
  dentry.extras = offset + align_up(length);
  dentry.subdir_offset = disk.subdir_offset.value();
  dentry.attributes = disk.attributes.value();
  dentry.security_id = static_cast<std::int32_t>(disk.security_id.value());
  dentry.created = {disk.created.value()};
  dentry.accessed = {disk.accessed.value()};
  dentry.modified = {disk.written.value()};
  dentry.main_hash = disk.main_hash;
  dentry.extra_count = disk.extra_count.value();
  if (dentry.is_reparse_point()) {
    dentry.reparse_tag = disk.reparse_tag.value();
    dentry.reparse_reserved = disk.reparse_reserved.value();
    dentry.reparse_flags = disk.reparse_flags.value();
  } else if (!dentry.is_directory()) {
    // Windows has no hard links to directories; what they have here means nothing.
    dentry.link_group = get_le<std::uint64_t>(raw, offsetof(layout::Dentry, reparse_tag));
  }
  take_names(disk, dentry);
  return std::optional(dentry);
}

}  // namespace casement::wim
