// SPDX-License-Identifier: Apache-2.0
// The log file of /LogPath.
#pragma once

#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "tools/dism/options.h"
#include "vfs/core/result.h"

namespace casement::dism {

/// Appends lines to a file; without a path it does nothing. A line that cannot be written is lost.
class Log {
 public:
  Log() = default;
  /// path_not_found: no such folder. access_denied: the file cannot be written.
  static Result<Log> open(const std::string& path, LogLevel level);

  /// Empty: there is no log.
  const std::string& path() const noexcept { return path_; }
  /// "2026-01-31 12:00:00, Error                 DISM   DISM.EXE: text"; UTC.
  void write(LogLevel level, std::string_view text);

 private:
  std::string path_;
  LogLevel level_ = LogLevel::information;
  std::ofstream file_;
};

}  // namespace casement::dism
