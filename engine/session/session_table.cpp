// SPDX-License-Identifier: Apache-2.0
// Numbers for sessions.
#include "engine/session/session_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace casement {
namespace {

auto no_session(SessionTable::Id id) {
  return fail(invalid_session, fmt::format("no session has the number {}", id));
}

}  // namespace

/// DISM_SESSION_DEFAULT is 0 and names no session.
SessionTable::Id SessionTable::after(Id id) const noexcept {
  return id >= highest_ ? 1 : id + 1;
}

Result<SessionTable::Id> SessionTable::open(const SessionRequest& request, Id current) {
  {
    const std::scoped_lock lock(mutex_);
    if (sessions_.contains(current)) {
      return fail(Status::already_exists,
                  fmt::format("the handle holds session {}, which is still open", current));
    }
  }
  // Outside the lock: opening reads the image, and other sessions must not wait for that.
  SessionPtr session = CASEMENT_TRY(Session::open(request));
  const std::scoped_lock lock(mutex_);
  if (sessions_.size() >= highest_) {
    return fail(open_session_handles, "every session number is in use");
  }
  Id id = after(last_);
  while (sessions_.contains(id)) {
    id = after(id);
  }
  sessions_.emplace(id, std::move(session));
  last_ = id;
  return id;
}

Result<SessionPtr> SessionTable::find(Id id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) {
    return no_session(id);
  }
  return found->second;
}

Result<void> SessionTable::close(Id id) {
  SessionPtr closing;  // the image is let go after the lock
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(id);
  if (found == sessions_.end()) {
    return no_session(id);
  }
  closing = std::move(found->second);
  sessions_.erase(found);
  return {};
}

bool SessionTable::any(const std::function<bool(const Session&)>& is_such) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(sessions_.begin(), sessions_.end(),
                     [&](const auto& entry) { return is_such(*entry.second); });
}

std::size_t SessionTable::size() const {
  const std::scoped_lock lock(mutex_);
  return sessions_.size();
}

void SessionTable::clear() {
  std::map<Id, SessionPtr> closing;  // likewise
  const std::scoped_lock lock(mutex_);
  closing.swap(sessions_);
}

}  // namespace casement
