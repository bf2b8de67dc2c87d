// SPDX-License-Identifier: Apache-2.0
// What the command line asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/dism/refusal.h"
#include "tools/dism/rules.h"

namespace casement::dism {

/// 1 to 4 of /LogLevel.
enum class LogLevel : std::uint8_t { errors = 1, warnings, information, debug };

struct GlobalOptions {
  std::optional<std::string> image;
  bool online = false;
  bool table = false;  // /Format:Table
  std::optional<std::string> log_path;
  LogLevel log_level = LogLevel::information;
  std::optional<std::string> scratch_directory;
  bool quiet = false;
  std::optional<std::string> system_drive;
  std::optional<std::string> windows_directory;
  bool crlf = false;
  std::optional<std::string> exit_code_file;
};

/// An option of the command, in the order given.
struct GivenOption {
  const OptionRule* rule = nullptr;
  std::string value;  // empty: it takes none
};

/// A mistake in the command line.
struct UsageError {
  Refusal refusal;
  /// Found by the command, so that the image is opened first and its errors come first.
  bool after_image = false;
};

/// Global options are there even when there is a mistake: it is reported as they say.
struct Request {
  GlobalOptions global;
  const CommandRule* command = nullptr;
  std::string command_text;  // as given: "/Get-Packages"
  std::vector<GivenOption> options;
  std::optional<UsageError> error;  // the first one
  bool help = false;
  bool help_misplaced = false;  // something follows "/?"
  std::string help_topic;       // an option or command, without '/'; empty: the program

  bool has(std::string_view option) const noexcept;
  std::optional<std::string> value(std::string_view option) const;
};

Request parse_request(std::span<const std::string> arguments);

}  // namespace casement::dism
