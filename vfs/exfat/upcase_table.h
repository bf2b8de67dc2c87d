// SPDX-License-Identifier: Apache-2.0
// The upper-case table that an exFAT volume brings along.
#pragma once

#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"

namespace casement {

/// Empty: Casement's own table, which is that of Windows.
class ExfatUpcaseTable {
 public:
  ExfatUpcaseTable() = default;

  /// Reads the compressed form: 0xFFFF and a count stand for units that stay as they are.
  /// corrupt: the checksum is wrong, or the table has more than 65536 units.
  static Result<ExfatUpcaseTable> parse(Bytes raw, std::uint32_t checksum);

  char16_t operator()(char16_t unit) const noexcept;
  bool equal(std::u16string_view a, std::u16string_view b) const noexcept;

 private:
  std::vector<char16_t> units_;  // all of them, or none
};

}  // namespace casement
