// SPDX-License-Identifier: Apache-2.0
// Aligning cells.
#include "tools/dism/table.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace casement::dism {
namespace {

/// Code points: what the console of Windows counts, near enough.
std::size_t width(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The last cell is not filled up.
void append_line(std::string& out, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += cells[i];
    if (i + 1 < cells.size()) {
      out.append(widths[i] - width(cells[i]), ' ');
      out += " | ";
    }
  }
  out += '\n';
}

}  // namespace

void Table::append_to(std::string& out) const {
  std::vector<std::size_t> widths(header_.size(), 0);
  const auto widen = [&widths](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], width(cells[i]));
    }
  };
  widen(header_);
  std::ranges::for_each(rows_, widen);
  std::vector<std::string> rule;
  rule.reserve(widths.size());
  for (const std::size_t columns : widths) {
    rule.emplace_back(columns, '-');
  }
  append_line(out, rule, widths);
  append_line(out, header_, widths);
  append_line(out, rule, widths);
  for (const auto& row : rows_) {
    append_line(out, row, widths);
  }
}

}  // namespace casement::dism
