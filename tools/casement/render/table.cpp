// SPDX-License-Identifier: Apache-2.0
// Alignment and wrapping.
#include "tools/casement/render/table.h"

#include <algorithm>

#include "tools/casement/render/numbers.h"
#include "tools/casement/render/text.h"
#include "tools/casement/render/width.h"

namespace casement::cli {
namespace {

constexpr std::size_t margin = 2;
constexpr std::size_t label_width = 18;
constexpr std::size_t gutter = 2;
/// A column that leaves less than this for the text does not wrap any more.
constexpr std::size_t narrowest = 30;

/// Breaks at spaces; a word that is too long keeps its length, so that paths stay whole for
/// copying.
void append_wrapped(std::string& out, std::string_view text, std::size_t column) {
  const std::size_t room = std::max(narrowest, page_width - std::min(column, page_width));
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t space = text.find(' ', 1);
    const std::string_view word = text.substr(0, space);
    const std::size_t width = display_width(word);
    if (used != 0 && used + width > room) {
      out += '\n';
      append_spaces(out, column);
      const std::string_view trimmed = word.substr(word.front() == ' ' ? 1 : 0);
      out += trimmed;
      used = display_width(trimmed);
    } else {
      out += word;
      used += width;
    }
    text.remove_prefix(word.size());
  }
  out += '\n';
}

void append_cell(std::string& out, std::string_view cell, std::size_t width) {
  out += cell;
  const std::size_t used = display_width(cell);
  append_spaces(out, (used < width ? width - used : 0) + gutter);
}

}  // namespace

void append_heading(std::string& out, std::string_view heading) {
  out += '\n';
  out += heading;
  out += '\n';
}

void append_pair(std::string& out, std::string_view label, std::string_view value) {
  append_spaces(out, margin);
  append_cell(out, label, label_width - gutter);
  if (value.empty()) {
    out.erase(out.find_last_not_of(' ') + 1);
  }
  append_wrapped(out, value, margin + label_width);
}

void append_paragraph(std::string& out, std::string_view first, std::size_t indent,
                      std::string_view text) {
  append_spaces(out, indent);
  out += first;
  append_wrapped(out, text, indent + display_width(first));
}

Table::Table(std::initializer_list<std::string_view> headings)
    : headings_(headings.begin(), headings.end()) {}

Table::Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

void Table::add(std::vector<std::string> row) {
  rows_.push_back({std::move(row), {}});
}

void Table::add_note(std::string text) {
  rows_.push_back({{}, std::move(text)});
}

void Table::append_to(std::string& out) const {
  std::vector<std::size_t> widths;
  for (const std::string& heading : headings_) {
    widths.push_back(display_width(heading));
  }
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row.cells[i]));
    }
  }
  std::size_t last_column = margin;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    last_column += widths[i] + gutter;
  }
  const auto append_row = [&](const std::vector<std::string>& cells) {
    append_spaces(out, margin);
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
      append_cell(out, cells[i], widths[i]);
    }
    if (cells.back().empty()) {
      out.erase(out.find_last_not_of(' ') + 1);
    }
    append_wrapped(out, cells.back(), last_column);
  };
  append_row(headings_);
  for (const Row& row : rows_) {
    if (row.cells.empty()) {
      append_paragraph(out, "- ", 2 * margin, row.note);
    } else {
      append_row(row.cells);
    }
  }
}

}  // namespace casement::cli
