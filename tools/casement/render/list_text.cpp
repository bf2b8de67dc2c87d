// SPDX-License-Identifier: Apache-2.0
// `casement ls` for people: a line an entry, columns of fixed width so that nothing is held back.
#include <algorithm>
#include <array>
#include <charconv>

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

/// `text` at the right of a column.
void append_right(std::string& out, std::string_view text, std::size_t columns) {
  append_spaces(out, text.size() < columns ? columns - text.size() : 0);
  out += text;
}

void append_number(std::string& out, std::uint64_t number, std::size_t columns) {
  std::array<char, 20> digits;  // NOLINT: filled below
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  append_right(out, {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())}, columns);
}

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
    append_state(entry);
    if (!names_only_) {
      append_facts(entry);
    }
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
  void append_state(const ListedEntry& entry) {
    if (!states_) {
      return;
    }
    out_ += state_of(entry);
    out_ += gap;
    append_number(out_, entry.node.value, node_columns);
    out_ += gap;
  }

  void append_facts(const ListedEntry& entry) {
    const auto letters = attribute_letters(*entry.info);
    out_.append(letters.data(), letters.size());
    out_ += gap;
    if (entry.info->kind == NodeKind::file) {
      append_number(out_, entry.info->size, size_columns);
    } else {
      append_right(out_, "-", size_columns);
    }
    out_ += gap;
    if (entry.info->modified.is_set()) {
      append_time(out_, entry.info->modified, true);
    } else {
      append_right(out_, "-", time_columns);
    }
    out_ += gap;
    if (short_names_) {
      const std::size_t start = out_.size();
      append_printable(out_, entry.short_name);
      const std::size_t width = display_width(std::string_view(out_).substr(start));
      append_spaces(out_, width < short_name_columns ? short_name_columns - width : 0);
      out_ += gap;
    }
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
    append_state(entry);
    if (!names_only_) {
      append_spaces(out_, attribute_columns + gap.size());
      append_number(out_, stream.size, size_columns);
      append_spaces(out_, 2 * gap.size() + time_columns);
      append_spaces(out_, short_names_ ? short_name_columns + gap.size() : 0);
    }
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
