// SPDX-License-Identifier: Apache-2.0
// The registry of cancel events.
#include "engine/dismapi/cancel_events.h"

#include <utility>

namespace casement::dismapi {

CancelEvents& CancelEvents::instance() {
  // Never destroyed: other threads may still be in a call while the process ends.
  static auto* const events = new CancelEvents();
  return *events;
}

HANDLE CancelEvents::create() {
  auto event = std::make_shared<std::atomic<bool>>(false);
  HANDLE handle = event.get();
  const std::lock_guard lock(mutex_);
  events_.emplace(handle, std::move(event));
  return handle;
}

bool CancelEvents::set(HANDLE handle) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = events_.find(handle);
  if (found == events_.end()) {
    return false;
  }
  found->second->store(true);
  return true;
}

bool CancelEvents::close(HANDLE handle) noexcept {
  const std::lock_guard lock(mutex_);
  return events_.erase(handle) != 0;
}

CancelEvents::View CancelEvents::find(HANDLE handle) const {
  const std::lock_guard lock(mutex_);
  const auto found = events_.find(handle);
  return found == events_.end() ? nullptr : found->second;
}

}  // namespace casement::dismapi
