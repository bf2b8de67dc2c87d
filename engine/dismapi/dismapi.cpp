// SPDX-License-Identifier: Apache-2.0
// The library's and the sessions' functions: initialize, shut down, open, close, message, delete.
#include "engine/dismapi/dismapi.h"

#include <fmt/format.h>

#include <utility>

#include "engine/dismapi/allocation.h"
#include "engine/dismapi/arguments.h"
#include "engine/dismapi/convert.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/last_error.h"
#include "engine/dismapi/library.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

Result<void> open_session(PCWSTR image_path, PCWSTR windows_directory, PCWSTR system_drive,
                          DismSession* session) {
  Library& library = Library::instance();
  const DismSession current = session != nullptr ? *session : DISM_SESSION_DEFAULT;
  const bool names_open_session = library.sessions().find(current).has_value();
  if (session != nullptr && !names_open_session) {
    *session = DISM_SESSION_DEFAULT;
  }
  Arguments arguments(library);
  CASEMENT_TRY(arguments.out_value(session, "Session").finish());

  SessionRequest request;
  request.image_path = CASEMENT_TRY(required_string(image_path, "ImagePath"));
  request.windows_directory = CASEMENT_TRY(optional_string(windows_directory, "WindowsDirectory"));
  request.system_drive = CASEMENT_TRY(optional_string(system_drive, "SystemDrive"));
  Result<SessionTable::Id> opened =
      library.sessions().open(request, names_open_session ? current : DISM_SESSION_DEFAULT);
  if (!opened && opened.error().status() == Status::path_not_found) {
    // The words that programs written for DISM know, then what really was missing.
    return std::unexpected(std::move(opened).error().context(
        "An error occurred. No operation was performed. Verify that the image holds a Windows "
        "directory, and then try the operation again"));
  }
  const SessionTable::Id id = CASEMENT_TRY(std::move(opened));
  *session = id;
  library.log(Severity::note, [&] {
    return fmt::format("DismOpenSession: session {} is {}", id, to_utf8(request.image_path));
  });
  return {};
}

Result<void> close_session(DismSession session) {
  Library& library = Library::instance();
  const Library::Call call = CASEMENT_TRY(library.enter());
  if (library.operations().runs_here(session)) {
    return fail(static_cast<Status>(DISMAPI_E_BUSY),
                fmt::format("session {} cannot be closed from a progress callback of its own call",
                            session));
  }
  CASEMENT_TRY(library.sessions().close(session));
  library.operations().wait_until_idle(session);
  library.log(Severity::note,
              [&] { return fmt::format("DismCloseSession: session {} is closed", session); });
  return {};
}

/// The text, also where it is not initialized: why DismInitialize failed must be readable.
Result<void> hand_out_message(DismString** error_message) {
  if (error_message != nullptr) {
    *error_message = nullptr;
  }
  const std::optional<std::u16string> message = last_message();
  if (!message || error_message == nullptr) {
    const Library::Call call = CASEMENT_TRY(Library::instance().enter());
    if (error_message == nullptr) {
      return fail(Status::invalid_argument, "ErrorMessage is NULL");
    }
    return fail(static_cast<Status>(HRESULT_FROM_WIN32(ERROR_NOT_FOUND)),
                "no call has failed on this thread");
  }
  Answer answer;
  auto* string = answer.make<DismString>();
  string->Value = answer.text(*message);
  *error_message = Allocations::instance().hand_out(std::move(answer), string);
  return {};
}

Result<void> take_back(const void* structure) {
  if (structure != nullptr && Allocations::instance().take_back(structure)) {
    return {};
  }
  const Library::Call call = CASEMENT_TRY(Library::instance().enter());
  if (structure != nullptr) {
    return fail(Status::invalid_argument, "DismStructure is not memory that is handed out");
  }
  return {};
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismInitialize(DismLogLevel LogLevel, PCWSTR LogFilePath,
                              PCWSTR ScratchDirectory) noexcept {
  return implemented<Function::DismInitialize>([&]() -> Result<void> {
    const auto log_path = CASEMENT_TRY(optional_string(LogFilePath, "LogFilePath"));
    CASEMENT_TRY(optional_string(ScratchDirectory, "ScratchDirectory"));
    if (LogLevel < DismLogErrors || LogLevel > DismLogErrorsWarningsInfoDebug) {
      return fail(Status::invalid_argument,
                  fmt::format("LogLevel is {}, but it can be 0 to {} only",
                              static_cast<std::int32_t>(LogLevel),
                              static_cast<std::int32_t>(DismLogErrorsWarningsInfoDebug)));
    }
    return Library::instance().initialize(LogLevel, log_path);
  });
}

HRESULT WINAPI DismShutdown() noexcept {
  return implemented<Function::DismShutdown, Remember::no>(
      [] { return Library::instance().shut_down(); });
}

HRESULT WINAPI DismOpenSession(PCWSTR ImagePath, PCWSTR WindowsDirectory, PCWSTR SystemDrive,
                               DismSession* Session) noexcept {
  return implemented<Function::DismOpenSession>(
      [&] { return open_session(ImagePath, WindowsDirectory, SystemDrive, Session); });
}

HRESULT WINAPI DismCloseSession(DismSession Session) noexcept {
  return implemented<Function::DismCloseSession>([&] { return close_session(Session); });
}

HRESULT WINAPI DismGetLastErrorMessage(DismString** ErrorMessage) noexcept {
  return implemented<Function::DismGetLastErrorMessage, Remember::no>(
      [&] { return hand_out_message(ErrorMessage); });
}

HRESULT WINAPI DismDelete(VOID* DismStructure) noexcept {
  return implemented<Function::DismDelete, Remember::no>([&] { return take_back(DismStructure); });
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
