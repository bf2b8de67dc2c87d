// SPDX-License-Identifier: Apache-2.0
// Opening the image, and what is said when it cannot be opened.
#include "tools/dism/open_session.h"

#include <fmt/format.h>

#include <optional>

#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement::dism {
namespace {

Refusal no_access() {
  return {.before = {},
          .lines = {"Unable to access the image. ",
                    "Make sure that the image path and the Windows directory for the image exist "
                    "and you have Read permissions on the folder."}};
}

Refusal wrong_windows_directory(const std::string& directory) {
  return {.before = {},
          .lines = {fmt::format("The directory {} does not appear to be a valid Windows directory.",
                                directory),
                    "Make sure that the /WinDir option names the Windows directory of the image."}};
}

Refusal words_for(Status status) {
  if (status == Status::not_found || status == Status::path_not_found ||
      status == Status::access_denied) {
    return no_access();
  }
  if (status == Status::not_a_directory) {
    return {.before = {}, .lines = {"An error occurred while validating the path to the image."}};
  }
  return {
      .before = {},
      .lines = {"An error occurred while attempting to access the image.", system_text(status)}};
}

/// "S", "S:" and "S:\" name a drive of the image; a directory of this machine means nothing here.
bool is_drive(const std::string& text) {
  return !text.empty() && is_ascii_letter(text[0]) &&
         (text.size() == 1 || text.substr(1) == ":" || text.substr(1) == ":\\");
}

Result<std::optional<std::u16string>> system_drive(Context& context) {
  const auto& given = context.request().global.system_drive;
  if (!given) {
    return std::nullopt;
  }
  if (!is_drive(*given)) {
    context.log(
        LogLevel::information,
        fmt::format("/SysDriveDir:{} is not needed: the boot manager is found without it", *given));
    return std::nullopt;
  }
  return std::optional(from_utf8(given->substr(0, 1) + ":").value_or(std::u16string()));
}

}  // namespace

Result<std::u16string> wide(std::string_view text, const char* what) {
  auto units = from_utf8(text);
  if (!units) {
    return fail(Status::invalid_argument, fmt::format("{} is not UTF-8", what));
  }
  return std::move(*units);
}

Result<void> open_session(Context& context) {
  const GlobalOptions& global = context.request().global;
  SessionRequest request;
  request.image_path = CASEMENT_TRY(wide(global.image.value_or(std::string()), "the image path"));
  if (global.windows_directory) {
    request.windows_directory =
        CASEMENT_TRY(wide(*global.windows_directory, "the Windows directory"));
  }
  request.system_drive = CASEMENT_TRY(system_drive(context));
  auto opened = Session::open_volumes(request);
  if (!opened) {
    return context.refuse(opened.error().status(), words_for(opened.error().status()),
                          opened.error());
  }
  auto session = Session::complete(std::move(opened).take(), request);
  if (!session) {
    const Status status = session.error().status();
    const bool wrong_directory = global.windows_directory && status == Status::path_not_found;
    return context.refuse(
        status,
        wrong_directory ? wrong_windows_directory(*global.windows_directory) : words_for(status),
        session.error());
  }
  context.set_session(std::move(session).take());
  return {};
}

}  // namespace casement::dism
