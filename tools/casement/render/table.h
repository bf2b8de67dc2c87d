// SPDX-License-Identifier: Apache-2.0
// Aligned text for terminals: headings, label and value pairs, tables.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace casement::cli {

/// Lines are kept within this many columns where the words allow it.
inline constexpr std::size_t page_width = 100;

/// A blank line, then the heading.
void append_heading(std::string& out, std::string_view heading);

/// "  Label           value", values aligned at one column and wrapped there.
void append_pair(std::string& out, std::string_view label, std::string_view value);

/// Prose, indented and wrapped. `first` precedes the first line.
void append_paragraph(std::string& out, std::string_view first, std::size_t indent,
                      std::string_view text);

/// Columns as wide as their widest cell; the last one wraps.
class Table {
 public:
  Table(std::initializer_list<std::string_view> headings);
  explicit Table(std::vector<std::string> headings);

  /// Precondition: as many cells as there are headings.
  void add(std::vector<std::string> row);
  /// Text between rows, indented below the row before it.
  void add_note(std::string text);

  void append_to(std::string& out) const;

 private:
  struct Row {
    std::vector<std::string> cells;  // empty: a note
    std::string note;
  };
  std::vector<std::string> headings_;
  std::vector<Row> rows_;
};

}  // namespace casement::cli
