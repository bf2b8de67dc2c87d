// SPDX-License-Identifier: Apache-2.0
// Writes the log file.
#include "engine/dismapi/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <new>
#include <system_error>

#include "vfs/core/filetime.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

const char* severity_name(Severity severity) noexcept {
  switch (severity) {
    case Severity::error:
      return "Error";
    case Severity::warning:
      return "Warning";
    case Severity::note:
      break;
  }
  return "Info";
}

bool wanted(Severity severity, DismLogLevel level) noexcept {
  switch (severity) {
    case Severity::error:
      return true;
    case Severity::warning:
      return level >= DismLogErrorsWarnings;
    case Severity::note:
      break;
  }
  return level >= DismLogErrorsWarningsInfo;
}

/// "2026-11-22 07:44:17", UTC: the library does not read the environment for a time zone.
std::string now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
  std::string text = FileTime::from_unix_seconds(seconds).to_iso8601().substr(0, 19);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

/// Names come from callers and images; a line break in one must not look like another line.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char unit) { return static_cast<unsigned char>(unit) < 0x20 || unit == 0x7F; }, ' ');
  return line;
}

}  // namespace

Result<std::unique_ptr<Log>> Log::open(std::u16string_view path, DismLogLevel level) {
  std::string host_path = to_utf8(path);
  std::replace(host_path.begin(), host_path.end(), '\\', '/');
  // 'e': the file is not inherited by programs that the caller starts.
  File file(std::fopen(host_path.c_str(), "ae"));
  if (!file) {
    const std::error_code reason(errno, std::generic_category());
    return fail(logging_disabled, fmt::format("LogFilePath {} cannot be opened: {}. Nothing is "
                                              "logged; everything else works",
                                              host_path, reason.message()));
  }
  return std::unique_ptr<Log>(new Log(std::move(file), level));
}

void Log::write(Severity severity, std::string_view text) noexcept {
  if (!wanted(severity, level_)) {
    return;
  }
  try {
    const std::string line =
        fmt::format("{}, {:<22}DISM   API: {}\n", now(), severity_name(severity), one_line(text));
    const std::lock_guard lock(mutex_);
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), file_.get()));
    static_cast<void>(std::fflush(file_.get()));
  } catch (const std::bad_alloc&) {
    return;  // no memory for the line
  }
}

}  // namespace casement::dismapi
