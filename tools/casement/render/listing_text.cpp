// SPDX-License-Identifier: Apache-2.0
// Tables and details.
#include "tools/casement/render/listing_text.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "tools/casement/render/field_text.h"
#include "tools/casement/render/table.h"

namespace casement::cli {
namespace {

/// The cells of a row, the last column's at the end.
class Row {
 public:
  void add(const Field& field, std::string cell) {
    if (field.shown == Shown::column) {
      cells_.push_back(std::move(cell));
    } else if (field.shown == Shown::last) {
      last_ = std::move(cell);
    }
  }
  /// Leaves none behind.
  std::vector<std::string> take() {
    if (last_) {
      cells_.push_back(*std::exchange(last_, std::nullopt));
    }
    return std::exchange(cells_, {});
  }

 private:
  std::vector<std::string> cells_;
  std::optional<std::string> last_;
};

class RowSink : public FieldText {
 public:
  explicit RowSink(bool headings) : FieldText(Reader::person), headings_(headings) {}

  void evidence(const Field& of, const Evidence& evidence) override {
    notes_.push_back(fmt::format("{} from {}", of.label, evidence_text(evidence)));
  }
  std::vector<std::string> take_cells() { return row_.take(); }
  const std::vector<std::string>& notes() const noexcept { return notes_; }

 protected:
  void add(const Field& field, std::string text) override {
    row_.add(field, headings_ ? field.label : std::move(text));
  }

 private:
  bool headings_;
  Row row_;
  std::vector<std::string> notes_;
};

/// Labels and values as they come; items within the item become tables, which follow them.
class DetailSink : public FieldText {
 public:
  DetailSink(std::string& out, bool evidence)
      : FieldText(Reader::person), out_(out), evidence_(evidence) {}

  void evidence(const Field& /*of*/, const Evidence& evidence) override {
    if (evidence_) {
      append_pair(out_, "", "from " + evidence_text(evidence));
    }
  }
  void begin_items(const Field& field) override {
    FieldText::begin_items(field);
    heading_ = field.label;
  }
  void end_item() override {
    std::vector<std::string> titles = titles_.take();
    if (!table_) {
      table_.emplace(std::move(titles));
    }
    table_->add(cells_.take());
  }
  void end_items() override {
    FieldText::end_items();
    if (table_) {
      append_heading(tables_, heading_);
      table_->append_to(tables_);
      table_.reset();
    }
  }
  void finish() { out_ += tables_; }

 protected:
  void add(const Field& field, std::string text) override {
    if (field.shown != Shown::programs && !text.empty()) {
      append_pair(out_, field.label, text);
    }
  }
  void add_inner(const Field& field, std::string text) override {
    titles_.add(field, field.label);
    cells_.add(field, std::move(text));
  }

 private:
  std::string& out_;
  bool evidence_;
  std::string tables_;
  const char* heading_ = "";
  std::optional<Table> table_;
  Row titles_;
  Row cells_;
};

}  // namespace

void append_table(std::string& out, const Listing& listing, bool evidence) {
  if (listing.count == 0) {
    out += fmt::format("No {}.\n", listing.kind);
  } else {
    RowSink titles(true);
    listing.describe_none(titles);
    Table table(titles.take_cells());
    for (std::size_t i = 0; i < listing.count; ++i) {
      RowSink row(false);
      listing.describe(i, row);
      table.add(row.take_cells());
      for (const std::string& note : row.notes()) {
        if (evidence) {
          table.add_note(note);
        }
      }
    }
    table.append_to(out);
  }
  if (!listing.remark.empty()) {
    out += '\n' + listing.remark + '\n';
  }
}

void append_details(std::string& out, const std::function<void(FieldSink& sink)>& describe,
                    bool evidence) {
  DetailSink details(out, evidence);
  describe(details);
  details.finish();
}

}  // namespace casement::cli
