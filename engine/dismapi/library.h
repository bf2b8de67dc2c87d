// SPDX-License-Identifier: Apache-2.0
// What the DISM API keeps for the whole process: whether it is initialized, sessions, the log.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/log.h"
#include "engine/dismapi/running_operations.h"
#include "engine/session/session_table.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

inline constexpr Status not_initialized = static_cast<Status>(DISMAPI_E_DISMAPI_NOT_INITIALIZED);
inline constexpr Status shutdown_in_progress = static_cast<Status>(DISMAPI_E_SHUTDOWN_IN_PROGRESS);
inline constexpr Status already_initialized =
    static_cast<Status>(DISMAPI_E_DISMAPI_ALREADY_INITIALIZED);

/// The state that C's calling convention has no parameter for. Thread-safe.
class Library {
 public:
  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  /// The one of this process.
  static Library& instance();

  /// already_initialized; logging_disabled: the log file cannot be opened - the library is
  /// initialized all the same.
  Result<void> initialize(DismLogLevel level, const std::optional<std::u16string>& log_path);

  /// Lets no new call in, and waits for those that are in. not_initialized, shutdown_in_progress,
  /// or open_session_handles: sessions are open, and nothing has changed.
  /// Precondition: this thread is in no Call.
  Result<void> shut_down();

  /// A call that is in the library: while it exists, nothing shuts down.
  class Call {
   public:
    explicit Call(Library& library) noexcept : library_(&library) {}
    Call(Call&& other) noexcept : library_(std::exchange(other.library_, nullptr)) {}
    Call& operator=(Call&&) = delete;
    ~Call();

   private:
    Library* library_;
  };
  /// not_initialized, shutdown_in_progress.
  Result<Call> enter();

  SessionTable& sessions() noexcept { return sessions_; }
  RunningOperations& operations() noexcept { return operations_; }

  /// Writes what `text` returns into the log, if there is one. A line that there is no memory for
  /// is lost: what has been done must not fail for its log.
  template <class Text>
  void log(Severity severity, Text&& text) noexcept {
    try {
      if (const std::shared_ptr<Log> log = current_log()) {
        log->write(severity, std::forward<Text>(text)());
      }
    } catch (const std::bad_alloc&) {
      return;
    }
  }

 private:
  enum class State : std::uint8_t { down, up, going_down };

  std::shared_ptr<Log> current_log();
  Result<void> check_up() const;  // Precondition: mutex_ is held

  std::mutex mutex_;
  std::condition_variable drained_;
  State state_ = State::down;
  std::size_t calls_ = 0;
  std::shared_ptr<Log> log_;

  SessionTable sessions_;
  RunningOperations operations_;
};

}  // namespace casement::dismapi
