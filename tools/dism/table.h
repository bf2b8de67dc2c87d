// SPDX-License-Identifier: Apache-2.0
// Tables of /Format:Table.
#pragma once

#include <string>
#include <vector>

namespace casement::dism {

/// Columns as wide as their longest cell, " | " between them, rules above and below the header.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}
  /// Precondition: as many cells as the header has. Cells are printable().
  void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const noexcept { return rows_.empty(); }
  void append_to(std::string& out) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace casement::dism
