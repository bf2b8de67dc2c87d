// SPDX-License-Identifier: Apache-2.0
// Records of cells, quoted where they must be.
#include "tools/casement/render/csv.h"

namespace casement::cli {

void CsvWriter::cell(std::string_view text) {
  if (!first_) {
    out_ += ',';
  }
  first_ = false;
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += text;
    return;
  }
  out_ += '"';
  for (const char c : text) {
    if (c == '"') {
      out_ += '"';
    }
    out_ += c;
  }
  out_ += '"';
}

void CsvWriter::end_record() {
  out_ += "\r\n";
  first_ = true;
}

}  // namespace casement::cli
