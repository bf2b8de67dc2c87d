// SPDX-License-Identifier: Apache-2.0
// The block that a failed command prints.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/error.h"

namespace casement::dism {

/// What dism.exe says beside the number.
struct Refusal {
  std::vector<std::string> before;  // lines above "Error:"
  std::vector<std::string> lines;   // below it; none: the text of the system for the status
};

/// HRESULT_FROM_WIN32.
constexpr Status win32_status(std::uint32_t code) noexcept {
  return static_cast<Status>(static_cast<std::int32_t>(0x80070000U | code));
}

/// CBS_E_UNKNOWN_UPDATE: no such feature.
inline constexpr Status unknown_feature =
    static_cast<Status>(static_cast<std::int32_t>(0x800F080C));
/// ERROR_INVALID_PARAMETER, which every mistake of the command line has.
inline constexpr Status wrong_usage = Status::invalid_argument;
/// ERROR_PATCH_PACKAGE_INVALID.
inline constexpr Status invalid_patch = win32_status(1636);
/// E_OUTOFMEMORY, for which DISM's code is ERROR_OUTOFMEMORY.
inline constexpr Status out_of_memory = win32_status(14);
inline constexpr Status element_not_found = win32_status(1168);

/// What the program results in: the number of a Win32 error, else the HRESULT.
std::int32_t result_code(Status status) noexcept;
/// What is left of it on this system: the low eight bits, and never 0 for a failure.
int exit_status(std::int32_t code) noexcept;
/// "Error: 87", "Error: 0x800f080c".
std::string error_line(std::int32_t code);
/// "The system cannot find the path specified."
std::string system_text(Status status);

namespace usage {
// The lines for a mistake of the command line.
Refusal unknown_option(std::string_view name);
Refusal not_recognized(std::string_view word);
Refusal missing_argument(std::string_view option);
Refusal missing_option(std::string_view command, std::string_view option);
Refusal unwanted_argument(std::string_view option);
Refusal invalid_argument(std::string_view argument, std::string_view option);
Refusal duplicated(std::string_view option);
Refusal invalid_log_level();
Refusal help_not_last();
Refusal no_help_topic(std::string_view option);
Refusal image_not_here();
Refusal image_with_online();
Refusal windows_directory_without_image();
Refusal missing_command();
Refusal no_options();
}  // namespace usage

}  // namespace casement::dism
