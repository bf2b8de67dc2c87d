// SPDX-License-Identifier: Apache-2.0
// How a volume folds the case of names: its own $UpCase, or the table that Windows writes to new
// ones.
#pragma once

#include <compare>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement::ntfs {

/// 65,536 upper-case forms, one for each UTF-16 unit. Immutable; copies share the table.
class UpcaseTable {
 public:
  /// Bytes of a $UpCase stream.
  static constexpr std::size_t stream_size = 0x2'0000;

  /// The table that Windows Vista and later write.
  static UpcaseTable built_in();

  /// The content of $UpCase. corrupt: another size, or letters A to Z that do not fold as they do
  /// on every volume: names that were ordered by such a table could not be found by it either.
  static Result<UpcaseTable> parse(Bytes stream);

  char16_t operator()(char16_t unit) const noexcept { return units_->data()[unit]; }

  /// Order of the folded units: the order of directory indexes but for names that fold alike.
  std::strong_ordering compare(std::u16string_view a, std::u16string_view b) const noexcept;
  bool equal(std::u16string_view a, std::u16string_view b) const noexcept;

 private:
  explicit UpcaseTable(std::vector<char16_t> units);

  std::shared_ptr<const std::vector<char16_t>> units_;
};

}  // namespace casement::ntfs
