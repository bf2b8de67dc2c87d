// SPDX-License-Identifier: Apache-2.0
// Initializing, shutting down, and the calls in between.
#include "engine/dismapi/library.h"

#include <fmt/format.h>

namespace casement::dismapi {
namespace {

/// A callback runs inside of a call: what waits for all calls would wait for its own.
thread_local unsigned calls_of_this_thread = 0;

}  // namespace

Library& Library::instance() {
  // Never destroyed: other threads may still be in a call while the process ends.
  static auto* const library = new Library();
  return *library;
}

Result<void> Library::initialize(DismLogLevel level,
                                 const std::optional<std::u16string>& log_path) {
  const std::lock_guard lock(mutex_);
  if (state_ != State::down) {
    return fail(already_initialized,
                "the DISM API is already initialized in this process: DismShutdown comes first");
  }
  Result<std::unique_ptr<Log>> opened = nullptr;
  if (log_path) {
    opened = Log::open(*log_path, level);
  }
  state_ = State::up;
  log_ = CASEMENT_TRY(std::move(opened));
  if (log_) {
    log_->write(Severity::note, "DismInitialize: the API is initialized");
  }
  return {};
}

Result<void> Library::check_up() const {
  switch (state_) {
    case State::down:
      return fail(not_initialized,
                  "the DISM API is not initialized in this process: DismInitialize comes first");
    case State::going_down:
      return fail(shutdown_in_progress, "DismShutdown is running on another thread");
    case State::up:
      break;
  }
  return {};
}

Result<void> Library::shut_down() {
  std::unique_lock lock(mutex_);
  CASEMENT_TRY(check_up());
  if (calls_of_this_thread != 0) {
    return fail(static_cast<Status>(DISMAPI_E_BUSY),
                "DismShutdown comes from a progress callback, and would wait for its own call");
  }
  const auto sessions_are_open = [&]() -> Result<void> {
    const std::size_t open = sessions_.size();
    if (open != 0) {
      return fail(open_session_handles, fmt::format("{} sessions are open", open));
    }
    return {};
  };
  CASEMENT_TRY(sessions_are_open());
  state_ = State::going_down;
  drained_.wait(lock, [&] { return calls_ == 0; });
  // A DismOpenSession that was already running may have succeeded meanwhile.
  state_ = State::up;
  CASEMENT_TRY(sessions_are_open());
  if (log_) {
    log_->write(Severity::note, "DismShutdown: the API is shut down");
  }
  log_.reset();
  state_ = State::down;
  return {};
}

Result<Library::Call> Library::enter() {
  const std::lock_guard lock(mutex_);
  CASEMENT_TRY(check_up());
  ++calls_;
  ++calls_of_this_thread;
  return Call(*this);
}

Library::Call::~Call() {
  if (library_ == nullptr) {
    return;
  }
  --calls_of_this_thread;
  const std::lock_guard lock(library_->mutex_);
  if (--library_->calls_ == 0) {
    library_->drained_.notify_all();
  }
}

std::shared_ptr<Log> Library::current_log() {
  const std::lock_guard lock(mutex_);
  return log_;
}

}  // namespace casement::dismapi
