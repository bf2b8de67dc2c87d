// SPDX-License-Identifier: Apache-2.0
// Comma-separated values as RFC 4180 has them.
#pragma once

#include <string>
#include <string_view>

namespace casement::cli {

/// Appends records to a string of the caller: commas, CRLF, quotes where they are needed. UTF-8
/// without a byte order mark.
class CsvWriter {
 public:
  explicit CsvWriter(std::string& out) : out_(out) {}

  void cell(std::string_view text);
  void end_record();

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace casement::cli
