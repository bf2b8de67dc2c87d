// SPDX-License-Identifier: Apache-2.0
// `casement ls` for people: a line an entry, columns of fixed width so that nothing is held back.
#include <array>
#include <charconv>
#include <cstring>

#include "tools/casement/render/attributes.h"
#include "tools/casement/render/list_writer.h"
#include "tools/casement/render/numbers.h"
#include "tools/casement/render/width.h"

namespace casement::cli {
namespace {

constexpr std::size_t size_columns = 15;  // 999 TB; larger sizes push their line to the right
constexpr std::size_t time_columns = 20;  // "2024-01-02T03:04:05Z"
constexpr std::size_t node_columns = 20;  // any 64-bit number
constexpr std::size_t short_name_columns = 12;
constexpr std::string_view gap = "  ";

/// The columns before a path, put together before they are appended: there are eight of them to a
/// line, and lines by the hundred thousand.
class Columns {
 public:
  void add(std::string_view text) noexcept {
    std::memcpy(text_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }

  void add_spaces(std::size_t count) noexcept {
    std::memset(text_.data() + size_, ' ', count);
    size_ += count;
  }

  /// `text` at the right of a column.
  void add_right(std::string_view text, std::size_t columns) noexcept {
    add_spaces(text.size() < columns ? columns - text.size() : 0);
    add(text);
  }

  void add_number(std::uint64_t number, std::size_t columns) noexcept {
    std::array<char, most_digits> digits;  // NOLINT: filled below
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    add_right({digits.data(), static_cast<std::size_t>(end.ptr - digits.data())}, columns);
  }

  std::string_view view() const noexcept { return {text_.data(), size_}; }

 private:
  static constexpr std::size_t most_digits = 20;

  /// A state, a node, attributes, a size and a time, none longer than its digits.
  std::array<char, 7 + node_columns + attribute_columns + most_digits + 29 + 5 * gap.size()>
      text_;  // NOLINT: filled up to size_
  std::size_t size_ = 0;
};

const char* state_of(const ListedEntry& entry) {
  return entry.orphan ? "orphan " : entry.deleted ? "deleted" : "live   ";
}

class ListTextWriter final : public ListWriter {
 public:
  ListTextWriter(std::string& out, const LsOptions& options)
      : out_(out),
        names_only_(options.format == ListFormat::names),
        full_paths_(options.recursive || names_only_),
        short_names_(options.short_names),
        states_(options.deleted) {}

  Escaping escaping() const noexcept override { return Escaping::printable; }

  void entry(const ListedPath& path, const ListedEntry& entry) override {
    const std::string_view shown = path.full.substr(full_paths_ ? 0 : path.name_at);
    append_columns(entry);
    out_ += shown;
    if (!names_only_ && entry.info->kind == NodeKind::reparse_point) {
      append_target(entry);
    }
    out_ += '\n';
    if (entry.streams != nullptr) {
      for (const StreamInfo& stream : *entry.streams) {
        append_stream(shown, entry, stream);
      }
    }
  }

 private:
  void append_columns(const ListedEntry& entry) {
    if (names_only_ && !states_) {
      return;
    }
    Columns columns;
    add_state(columns, entry);
    if (!names_only_) {
      add_facts(columns, *entry.info);
    }
    out_ += columns.view();
    if (!names_only_ && short_names_) {
      append_short_name(entry);
    }
  }

  void add_state(Columns& columns, const ListedEntry& entry) const noexcept {
    if (!states_) {
      return;
    }
    columns.add(state_of(entry));
    columns.add(gap);
    columns.add_number(entry.node.value, node_columns);
    columns.add(gap);
  }

  static void add_facts(Columns& columns, const NodeInfo& info) noexcept {
    const auto letters = attribute_letters(info);
    columns.add({letters.data(), letters.size()});
    columns.add(gap);
    if (info.kind == NodeKind::file) {
      columns.add_number(info.size, size_columns);
    } else {
      columns.add_right("-", size_columns);
    }
    columns.add(gap);
    if (info.modified.is_set()) {
      columns.add(TimeText(info.modified, true).view());
    } else {
      columns.add_right("-", time_columns);
    }
    columns.add(gap);
  }

  void append_short_name(const ListedEntry& entry) {
    const std::size_t start = out_.size();
    append_printable(out_, entry.short_name);
    const std::size_t width = display_width(std::string_view(out_).substr(start));
    append_spaces(out_, width < short_name_columns ? short_name_columns - width : 0);
    out_ += gap;
  }

  void append_target(const ListedEntry& entry) {
    out_ += "@ -> ";
    if (!entry.target.empty()) {
      append_printable(out_, entry.target);
      return;
    }
    const char* const name = reparse_tag_name(entry.info->reparse_tag);
    out_ += '(';
    if (name != nullptr) {
      out_ += name;
      out_ += ", ";
    }
    out_ += "reparse tag ";
    append_hex32(out_, entry.info->reparse_tag);
    out_ += ')';
  }

  /// A line of its own below that of the file: only its size is its own.
  void append_stream(std::string_view shown, const ListedEntry& entry, const StreamInfo& stream) {
    Columns columns;
    add_state(columns, entry);
    if (!names_only_) {
      columns.add_spaces(attribute_columns + gap.size());
      columns.add_number(stream.size, size_columns);
      columns.add_spaces(2 * gap.size() + time_columns);
    }
    out_ += columns.view();
    append_spaces(out_, !names_only_ && short_names_ ? short_name_columns + gap.size() : 0);
    out_ += shown;
    out_ += ':';
    append_printable(out_, stream.name);
    out_ += '\n';
  }

  std::string& out_;
  bool names_only_;
  bool full_paths_;
  bool short_names_;
  bool states_;
};

}  // namespace

std::unique_ptr<ListWriter> make_list_text_writer(std::string& out, const LsOptions& options) {
  return std::make_unique<ListTextWriter>(out, options);
}

}  // namespace casement::cli
