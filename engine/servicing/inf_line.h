// SPDX-License-Identifier: Apache-2.0
// The lines of an INF: joined where they are continued, without comments, cut into fields.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/servicing/inf.h"

namespace casement {

/// Hands out lines with their continuations joined and their comments gone, blank ones left out.
/// Belongs to one thread.
class InfLineReader {
 public:
  /// Precondition: `text` outlives this.
  explicit InfLineReader(std::u16string_view text) noexcept : text_(text) {}

  /// nullopt: the end.
  std::optional<std::u16string> next();
  /// The number of the line that next() gave, from 1; of its first when several are joined.
  std::size_t line_number() const noexcept { return first_line_; }

 private:
  std::u16string_view physical_line() noexcept;

  std::u16string_view text_;
  std::size_t lines_read_ = 0;
  std::size_t first_line_ = 0;
};

/// Blanks, tabs and other controls at both ends are dropped.
std::u16string_view trim_inf_text(std::u16string_view text) noexcept;

/// Cuts at '=' and ',' outside of quotes. "" within quotes is one quote; other quotes go. At most
/// `max_fields` fields.
InfLine split_inf_line(std::u16string_view line, std::size_t max_fields);

}  // namespace casement
