// SPDX-License-Identifier: Apache-2.0
// Events that stop a long call: what the API's CancelEvent handles stand for.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "engine/dismapi/dismapi.h"

namespace casement::dismapi {

/// The events that exist, by handle. Thread-safe.
class CancelEvents {
 public:
  /// A running call's view of an event, which outlives its closing. Null: no event.
  using View = std::shared_ptr<const std::atomic<bool>>;

  /// The one of this process.
  static CancelEvents& instance();

  /// A new one, which is not set.
  HANDLE create();
  /// False: no such event. It stays set.
  bool set(HANDLE handle) noexcept;
  bool close(HANDLE handle) noexcept;

  /// Null when the handle names none: other libraries' handles have no meaning here.
  View find(HANDLE handle) const;

 private:
  mutable std::mutex mutex_;
  std::map<HANDLE, std::shared_ptr<std::atomic<bool>>> events_;
};

/// Whether a call's event says that it shall stop.
inline bool is_cancelled(const CancelEvents::View& event) noexcept {
  return event != nullptr && event->load();
}

}  // namespace casement::dismapi
