// SPDX-License-Identifier: Apache-2.0
// The names of directory entries: reading them, refusing some, and finding duplicates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

/// The names of one entry. One object serves entry after entry, without allocating.
struct DentryText {
  std::u16string name;
  std::u16string short_name;
};

/// UTF-16LE bytes in place of what `out` has.
void assign_units(std::u16string& out, Bytes raw);

/// A short name that may not be (see refusal()) is left out. corrupt: the sizes of the names cannot
/// be right.
Result<void> read_names(MetadataView& view, const Dentry& dentry, DentryText& text);

/// Why no file may have this name: it is empty, "." or "..", or has a NUL or a separator in it, and
/// would lead somewhere else. Null when it may.
const char* refusal(std::u16string_view name) noexcept;

/// The names of one directory so far.
class SeenNames {
 public:
  /// Remembers a name by its hash; true when it was there before. limit_exceeded: too many names
  /// with the same hash, which is no accident. `view` moves.
  Result<bool> add(MetadataView& view, std::u16string_view name, std::uint64_t dentry_offset);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t offset = 0;  // of the entry; 0: free (the security data is there)
  };

  void grow();
  Slot& free_slot(std::uint32_t hash) noexcept;

  std::vector<Slot> slots_;  // a power of two, at most three quarters used
  std::size_t used_ = 0;
  std::uint32_t collisions_ = 0;
  DentryText other_;
};

}  // namespace casement::wim
