// SPDX-License-Identifier: Apache-2.0
// What went wrong: a status, what was being done, and the chain of operations around it.
#pragma once

#include <cstdint>
#include <memory>
#include <source_location>
#include <string>

namespace casement {

/// Outcome of an operation. The values are HRESULTs, so the C ABI returns them unchanged.
enum class Status : std::int32_t {
  ok = 0,
  not_found = static_cast<std::int32_t>(0x80070002),         // ERROR_FILE_NOT_FOUND
  path_not_found = static_cast<std::int32_t>(0x80070003),    // ERROR_PATH_NOT_FOUND
  access_denied = static_cast<std::int32_t>(0x80070005),     // ERROR_ACCESS_DENIED
  bad_format = static_cast<std::int32_t>(0x8007000B),        // ERROR_BAD_FORMAT: magic is not ours
  invalid_data = static_cast<std::int32_t>(0x8007000D),      // ERROR_INVALID_DATA: wrong value type
  truncated = static_cast<std::int32_t>(0x80070026),         // ERROR_HANDLE_EOF
  unsupported = static_cast<std::int32_t>(0x80070032),       // ERROR_NOT_SUPPORTED
  invalid_argument = static_cast<std::int32_t>(0x80070057),  // E_INVALIDARG
  already_exists = static_cast<std::int32_t>(0x800700B7),    // ERROR_ALREADY_EXISTS
  name_too_long = static_cast<std::int32_t>(0x800700CE),     // ERROR_FILENAME_EXCED_RANGE
  not_a_directory = static_cast<std::int32_t>(0x8007010B),   // ERROR_DIRECTORY
  limit_exceeded = static_cast<std::int32_t>(0x80070216),    // ERROR_ARITHMETIC_OVERFLOW
  too_many_links = static_cast<std::int32_t>(0x80070780),    // ERROR_CANT_RESOLVE_FILENAME
  io_failed = static_cast<std::int32_t>(0x8007045D),         // ERROR_IO_DEVICE
  corrupt = static_cast<std::int32_t>(0x80070570),           // ERROR_FILE_CORRUPT
  not_a_reparse_point = static_cast<std::int32_t>(0x80071126),  // ERROR_NOT_A_REPARSE_POINT
};

/// The enumerator's name, or "status" for a value that another layer defined.
const char* status_name(Status status) noexcept;

/// Where in our source an Error was made.
using CodeSite = std::source_location;

/// A status, what was being done, and the errors below it. One shared pointer; never empty.
/// Copies share their frames. Safe to copy between threads.
class [[nodiscard]] Error {
 public:
  /// `what` says what was being done, where, what was found and what was expected.
  Error(Status status, std::string what, CodeSite site = CodeSite::current());

  /// The root cause's status.
  Status status() const noexcept;

  /// Adds an outer frame; the status stays that of the root cause.
  Error context(std::string what, CodeSite site = CodeSite::current()) &&;

  /// Outermost first: "open C.vhdx: volume 2: MFT record 5: attribute at 0x38: length 4096 > 968
  /// left".
  std::string message() const;

  /// The innermost frame alone.
  const std::string& root_message() const noexcept;

  /// Where the root cause was raised.
  const CodeSite& site() const noexcept;

 private:
  struct Frame;
  explicit Error(std::shared_ptr<const Frame> top) : top_(std::move(top)) {}
  const Frame& root() const noexcept;

  std::shared_ptr<const Frame> top_;
};

}  // namespace casement
