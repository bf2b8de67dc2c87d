// SPDX-License-Identifier: Apache-2.0
// The metadata item that says which file the parent is.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/guid.h"

namespace casement {

/// Keys and values as stored.
struct VhdxParentLocator {
  std::vector<std::pair<std::u16string, std::u16string>> entries;

  /// Parses the item's bytes. truncated. corrupt: texts that overlap. unsupported: a locator that
  /// is not for VHDX.
  static Result<VhdxParentLocator> parse(Bytes raw);

  /// nullptr: there is no such key.
  const std::u16string* find(std::u16string_view key) const noexcept;

  /// The data-write GUIDs that the parent may have.
  std::vector<Guid> linkages() const;
};

}  // namespace casement
