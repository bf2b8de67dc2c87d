// SPDX-License-Identifier: Apache-2.0
// Writing the log file.
#include "tools/dism/log.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "tools/dism/list.h"
#include "tools/dism/values.h"

namespace casement::dism {

Result<Log> Log::open(const std::string& path, LogLevel level) {
  std::error_code error;
  const auto folder = std::filesystem::absolute(path, error).parent_path();
  if (error || !std::filesystem::is_directory(folder, error)) {
    return fail(Status::path_not_found,
                fmt::format("the log file {}: its folder does not exist", path));
  }
  Log log;
  log.path_ = path;
  log.level_ = level;
  log.file_.open(path, std::ios::binary | std::ios::app);
  if (!log.file_) {
    return fail(Status::access_denied, fmt::format("the log file {} cannot be written", path));
  }
  return log;
}

void Log::write(LogLevel level, std::string_view text) {
  if (path_.empty() || level > level_) {
    return;
  }
  constexpr std::array names = {"Error", "Warning", "Info", "Info"};
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const FileTime time = FileTime::from_unix_seconds(now.time_since_epoch().count());
  file_ << fmt::format("{}, {:<22}DISM   DISM.EXE: {}\r\n", sortable_local_time_text(time),
                       names.at(static_cast<std::size_t>(level) - 1), printable(text));
  file_.flush();
}

}  // namespace casement::dism
