// SPDX-License-Identifier: Apache-2.0
// Sessions by number, as the C interface hands them out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

#include "engine/session/session.h"

namespace casement {

/// DISMAPI_E_INVALID_DISM_SESSION.
inline constexpr Status invalid_session =
    static_cast<Status>(static_cast<std::int32_t>(0xC0040004));
/// DISMAPI_E_OPEN_SESSION_HANDLES.
inline constexpr Status open_session_handles =
    static_cast<Status>(static_cast<std::int32_t>(0xC0040003));

/// Ids are never 0 nor 0xFFFFFFFF, and a closed id is not given out again until all others were.
/// Thread-safe. A SessionPtr taken from the table stays usable after close().
class SessionTable {
 public:
  using Id = std::uint32_t;

  /// The largest number that may be given out: all ones is what programs use for "none".
  static constexpr Id highest_id = 0xFFFFFFFE;

  /// `last` counts as given out already: the next session gets the number after it. The default
  /// makes the first session 2, as seen from real DISM. After `highest` comes 1.
  explicit SessionTable(Id last = 1, Id highest = highest_id) : highest_(highest), last_(last) {}

  /// Opens a session; other sessions can be used meanwhile. already_exists when `current` names an
  /// open session of this table: a handle holds one image (pass 0 for a fresh handle).
  /// open_session_handles: every number is in use. Else as Session::open.
  Result<Id> open(const SessionRequest& request, Id current = 0);
  /// invalid_session: no such session is open.
  Result<SessionPtr> find(Id id) const;
  Result<void> close(Id id);
  std::size_t size() const;
  /// Whether one of the open sessions is such.
  bool any(const std::function<bool(const Session&)>& is_such) const;
  void clear();

 private:
  Id after(Id id) const noexcept;

  Id highest_;
  mutable std::mutex mutex_;  // of what follows
  std::map<Id, SessionPtr> sessions_;
  Id last_;
};

}  // namespace casement
