// SPDX-License-Identifier: Apache-2.0
// Moving the begin of a substitute name.
#include "vfs/wim/tree_reparse.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/reparse_layout.h"

namespace casement::wim {
namespace {

namespace layout = reparse_layout;

/// "\??\X:".
constexpr std::size_t drive_units = 6;

bool names_drive(std::u16string_view target) noexcept {
  if (target.size() <= drive_units || target.substr(0, 4) != u"\\??\\") {
    return false;
  }
  const char16_t letter = upcase(target[4]);
  return letter >= u'A' && letter <= u'Z' && target[5] == u':' && target[6] == u'\\';
}

/// Where the names begin behind `fixed` bytes.
void drop_drive(MutableBytes buffer, std::size_t names_offset, std::size_t fixed) {
  const auto loaded = load<layout::Names>(buffer, names_offset, "names");
  if (!loaded) {
    return;
  }
  layout::Names names = *loaded;
  const std::uint16_t length = names.substitute_length.value();
  const std::uint64_t begin = fixed + std::uint64_t{names.substitute_offset.value()};
  const auto raw = slice(buffer, begin, length, "substitute name");
  if (!raw || !names_drive(from_utf16le(*raw))) {
    return;
  }
  constexpr std::uint16_t dropped = drive_units * 2;
  if (names.substitute_offset.value() > 0xFFFF - dropped) {
    return;
  }
  names.substitute_offset = static_cast<std::uint16_t>(names.substitute_offset.value() + dropped);
  names.substitute_length = static_cast<std::uint16_t>(length - dropped);
  std::memcpy(buffer.data() + names_offset, &names, sizeof(names));
}

}  // namespace

void drop_target_drive(MutableBytes buffer) {
  constexpr std::size_t names_offset = sizeof(layout::Header);
  const auto header = load<layout::Header>(buffer, 0, "reparse header");
  if (!header) {
    return;
  }
  if (header->tag.value() == reparse_tag::mount_point) {
    drop_drive(buffer, names_offset, names_offset + sizeof(layout::Names));
    return;
  }
  const auto symlink = load<layout::Symlink>(buffer, names_offset, "symlink");
  const bool absolute = symlink && (symlink->flags.value() & layout::symlink_flag_relative) == 0;
  if (header->tag.value() == reparse_tag::symlink && absolute) {
    drop_drive(buffer, names_offset, names_offset + sizeof(layout::Symlink));
  }
}

}  // namespace casement::wim
