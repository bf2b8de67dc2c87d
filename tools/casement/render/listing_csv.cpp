// SPDX-License-Identifier: Apache-2.0
// Records.
#include "tools/casement/render/listing_csv.h"

#include <array>
#include <string>
#include <vector>

#include "tools/casement/render/csv.h"
#include "tools/casement/render/field_text.h"

namespace casement::cli {
namespace {

constexpr std::array<const char*, 4> evidence_columns{"evidence_path", "evidence_key",
                                                      "evidence_value", "evidence_recovered"};

/// The cells that say where something was read; empty ones when nothing says it.
void append_evidence(CsvWriter& csv, const Evidence* evidence) {
  csv.cell(evidence != nullptr ? evidence->path : "");
  csv.cell(evidence != nullptr ? evidence->key : "");
  csv.cell(evidence != nullptr ? evidence->value : "");
  csv.cell(evidence == nullptr ? "" : evidence->recovered ? "true" : "false");
}

/// One item, cell after cell.
class RecordSink : public FieldText {
 public:
  explicit RecordSink(CsvWriter& csv) : FieldText(Reader::program), csv_(csv) {}
  void evidence(const Field& /*of*/, const Evidence& evidence) override {
    if (first_ == nullptr) {
      kept_ = evidence;
      first_ = &kept_;
    }
  }
  const Evidence* first_evidence() const noexcept { return first_; }

 protected:
  void add(const Field& field, std::string text) override {
    if (field.shown != Shown::tree) {
      csv_.cell(text);
    }
  }

 private:
  CsvWriter& csv_;
  Evidence kept_;
  const Evidence* first_ = nullptr;
};

class NameSink : public FieldText {
 public:
  explicit NameSink(CsvWriter& csv) : FieldText(Reader::program), csv_(csv) {}

 protected:
  void add(const Field& field, std::string /*text*/) override {
    if (field.shown != Shown::tree) {
      csv_.cell(field.name);
    }
  }

 private:
  CsvWriter& csv_;
};

/// Facts with what they cite, which comes after them.
class FactSink : public FieldText {
 public:
  struct Record {
    const char* name;
    std::string value;
    std::vector<Evidence> evidence;
  };
  FactSink() : FieldText(Reader::program) {}
  void evidence(const Field& of, const Evidence& evidence) override {
    for (Record& record : records_) {
      if (record.name == of.name) {
        record.evidence.push_back(evidence);
      }
    }
  }
  const std::vector<Record>& records() const noexcept { return records_; }

 protected:
  void add(const Field& field, std::string text) override {
    records_.push_back({field.name, std::move(text), {}});
  }

 private:
  std::vector<Record> records_;
};

}  // namespace

void write_csv(Output& output, const Listing& listing, bool evidence) {
  CsvWriter csv(output.text());
  NameSink names(csv);
  listing.describe_none(names);
  if (evidence) {
    for (const char* column : evidence_columns) {
      csv.cell(column);
    }
  }
  csv.end_record();
  for (std::size_t i = 0; i < listing.count; ++i) {
    RecordSink record(csv);
    listing.describe(i, record);
    if (evidence) {
      append_evidence(csv, record.first_evidence());
    }
    csv.end_record();
    if (!output.flush_if_full()) {
      return;
    }
  }
}

void write_facts_csv(Output& output, const std::function<void(FieldSink& sink)>& describe,
                     bool evidence) {
  CsvWriter csv(output.text());
  csv.cell("fact");
  csv.cell("value");
  if (evidence) {
    for (const char* column : evidence_columns) {
      csv.cell(column);
    }
  }
  csv.end_record();
  FactSink facts;
  describe(facts);
  for (const FactSink::Record& record : facts.records()) {
    csv.cell(record.name);
    csv.cell(record.value);
    if (evidence) {
      append_evidence(csv, record.evidence.empty() ? nullptr : &record.evidence.front());
    }
    csv.end_record();
  }
}

}  // namespace casement::cli
