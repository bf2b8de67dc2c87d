// SPDX-License-Identifier: Apache-2.0
// `casement ls` for programs: an array of entries, or an entry a line.
#include "tools/casement/render/entry_json.h"

namespace casement::cli {
namespace {

class ListJsonWriter final : public ListWriter {
 public:
  ListJsonWriter(std::string& out, bool lines) : json_(out), lines_(lines) {}

  Escaping escaping() const noexcept override { return Escaping::json; }

  void begin() override {
    if (!lines_) {
      json_.begin_array();
    }
  }

  void entry(const ListedPath& path, const ListedEntry& entry) override {
    json_.begin_object(Layout::line);
    write_entry_members(json_, path.full, entry);
    if (entry.streams != nullptr) {
      write_streams(json_, *entry.streams);
    }
    json_.end_object();
    if (lines_) {
      json_.end_document();
    }
  }

  void finish() override {
    if (!lines_) {
      json_.end_array();
      json_.end_document();
    }
  }

 private:
  JsonWriter json_;
  bool lines_;
};

}  // namespace

std::unique_ptr<ListWriter> make_list_json_writer(std::string& out, const LsOptions& options) {
  return std::make_unique<ListJsonWriter>(out, options.format == ListFormat::jsonl);
}

}  // namespace casement::cli
