// SPDX-License-Identifier: Apache-2.0
// What was found to be wrong while questions were answered.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/casement/exit_code.h"
#include "vfs/core/diagnostics.h"

namespace casement::cli {

/// A finding and whose it is: "image", "installation", "SYSTEM", "identity", "packages".
struct Finding {
  std::string source;
  Diagnostic diagnostic;
};

/// Findings of several sources. One that two sources report (each question has its own list, and
/// several read the same hive) is kept for the first of them alone.
class FindingList {
 public:
  void add(const std::string& source, const Diagnostics& diagnostics);
  void add(Finding finding);
  void add(const FindingList& others);

  const std::vector<Finding>& items() const noexcept { return items_; }
  /// How many more there were.
  std::size_t dropped() const noexcept { return dropped_; }

  /// Says each on standard error. `notes`: also what is no damage, which a document has anyway.
  void say(bool notes) const;
  /// partial: there is a warning or an error.
  ExitCode exit_code() const noexcept;

 private:
  std::vector<Finding> items_;
  std::set<std::pair<std::string, std::string>> known_;  // code and text
  std::size_t dropped_ = 0;
};

/// "note", "warning", "error".
const char* severity_name(Severity severity) noexcept;

}  // namespace casement::cli
