// SPDX-License-Identifier: Apache-2.0
// The log file that DismInitialize may be given.
#pragma once

#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/dismapi/dismapi.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

/// DISMAPI_E_LOGGING_DISABLED.
inline constexpr Status logging_disabled = static_cast<Status>(DISMAPI_E_LOGGING_DISABLED);

/// Lines of text that are added to the end of a file. Thread-safe.
class Log {
 public:
  /// `path` as the caller gave it: '\' separates as '/' does. logging_disabled: it cannot be opened
  /// for writing.
  static Result<std::unique_ptr<Log>> open(std::u16string_view path, DismLogLevel level);

  /// Adds a line when the level asks for lines of this severity. A line that cannot be written is
  /// lost: an API call does not fail for its log.
  void write(Severity severity, std::string_view text) noexcept;

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { static_cast<void>(std::fclose(file)); }
  };
  using File = std::unique_ptr<std::FILE, Close>;

  Log(File file, DismLogLevel level) noexcept : file_(std::move(file)), level_(level) {}

  std::mutex mutex_;
  File file_;
  DismLogLevel level_;
};

}  // namespace casement::dismapi
