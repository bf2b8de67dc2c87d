// SPDX-License-Identifier: Apache-2.0
// Numbers and texts of failures, as dism.exe has them.
#include "tools/dism/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/session/servicing_file.h"
#include "tools/dism/command_line.h"
#include "vfs/core/ascii.h"

namespace casement::dism {
namespace {

struct SystemText {
  Status status;
  const char* text;
};

/// The messages of Windows for what the library can answer.
constexpr std::array system_texts = {
    SystemText{Status::not_found, "The system cannot find the file specified."},
    SystemText{Status::path_not_found, "The system cannot find the path specified."},
    SystemText{Status::access_denied, "Access is denied."},
    SystemText{Status::bad_format,
               "An attempt was made to load a program with an incorrect format."},
    SystemText{Status::invalid_data, "The data is invalid."},
    SystemText{Status::truncated, "Reached the end of the file."},
    SystemText{Status::unsupported, "The request is not supported."},
    SystemText{Status::invalid_argument, "The parameter is incorrect."},
    SystemText{Status::already_exists, "Cannot create a file when that file already exists."},
    SystemText{Status::name_too_long, "The filename or extension is too long."},
    SystemText{Status::not_a_directory, "The directory name is invalid."},
    SystemText{Status::limit_exceeded, "Arithmetic result exceeded 32 bits."},
    SystemText{Status::too_many_links, "The name of the file cannot be resolved by the system."},
    SystemText{Status::io_failed,
               "The request could not be performed because of an I/O device error."},
    SystemText{Status::corrupt, "The file or directory is corrupted and unreadable."},
    SystemText{element_not_found, "Element not found."},
    SystemText{invalid_package, "The specified package is not valid Windows package."},
    SystemText{invalid_patch,
               "This patch package could not be opened. Contact the application vendor to verify "
               "that this is a valid Windows Installer patch package."},
    SystemText{unknown_feature, "A Windows feature name was not recognized."},
};

std::string help_of(std::string_view option) {
  return fmt::format("For more information, refer to the help for the {} option.", option);
}

constexpr const char* general_help =
    "For more information, refer to the help by running DISM.exe /?.";

}  // namespace

std::int32_t result_code(Status status) noexcept {
  const auto bits = static_cast<std::uint32_t>(status);
  return static_cast<std::int32_t>((bits >> 16U) == 0x8007U ? bits & 0xFFFFU : bits);
}

int exit_status(std::int32_t code) noexcept {
  const auto low = static_cast<int>(static_cast<std::uint32_t>(code) & 0xFFU);
  return code != 0 && low == 0 ? 1 : low;
}

std::string error_line(std::int32_t code) {
  return code >= 0 ? fmt::format("Error: {}", code)
                   : fmt::format("Error: 0x{:x}", static_cast<std::uint32_t>(code));
}

std::string system_text(Status status) {
  const auto* const found = std::ranges::find_if(
      system_texts, [status](const auto& row) { return row.status == status; });
  return found == system_texts.end() ? "An error occurred while processing the command."
                                     : found->text;
}

namespace usage {

Refusal unknown_option(std::string_view name) {
  return {.before = {},
          .lines = {fmt::format("The {} option is unknown.", to_lower_ascii(name)), general_help}};
}

Refusal not_recognized(std::string_view word) {
  return {.before = {},
          .lines = {fmt::format("DISM doesn't recognize the command-line option \"{}\".", word),
                    general_help}};
}

Refusal missing_argument(std::string_view option) {
  return {.before = {},
          .lines = {fmt::format("The {} option is missing a required argument.", option),
                    help_of(option)}};
}

Refusal missing_option(std::string_view command, std::string_view option) {
  return {.before = {},
          .lines = {fmt::format("The /{} command is missing its option {}.", command, option),
                    help_of(fmt::format("/{}", command))}};
}

Refusal unwanted_argument(std::string_view option) {
  return {
      .before = {},
      .lines = {fmt::format("The {} option does not take an argument.", option), help_of(option)}};
}

Refusal invalid_argument(std::string_view argument, std::string_view option) {
  return {.before = {},
          .lines = {
              fmt::format("The {} argument given for the {} option is invalid.", argument, option),
              help_of(option)}};
}

Refusal duplicated(std::string_view option) {
  return {.before = {},
          .lines = {fmt::format("The {} option has been duplicated on the command-line.", option),
                    general_help}};
}

Refusal invalid_log_level() {
  return {.before = {},
          .lines = {"An invalid log level was specified.",
                    "The log level is a number between 1 and 4.", help_of("/LogLevel")}};
}

Refusal help_not_last() {
  return {.before = {},
          .lines = {"The /? option must be the last one on the command-line.", general_help}};
}

Refusal no_help_topic(std::string_view option) {
  return {.before = {},
          .lines = {fmt::format("No help topic could be found for the {} option.", option),
                    general_help}};
}

Refusal image_not_here() {
  return {.before = {},
          .lines = {"The /Image option cannot be used in this context.", general_help}};
}

Refusal image_with_online() {
  return {.before = {},
          .lines = {"Do not use the /Image or /WinDir option when using the /Online option.",
                    general_help}};
}

Refusal windows_directory_without_image() {
  return {
      .before = {},
      .lines = {"The option /WinDir is not recognized in this context. It can only be used with "
                "an offline image.",
                general_help}};
}

Refusal missing_command() {
  return {.before = {},
          .lines = {"The command-line is missing a required servicing command.",
                    "For more information, refer to the help by running DISM.exe /Image:<path> "
                    "/?."}};
}

Refusal no_options() {
  return {.before = {},
          .lines = {"No DISM options were specified on the command-line.", general_help}};
}

}  // namespace usage
}  // namespace casement::dism
