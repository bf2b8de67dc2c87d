// SPDX-License-Identifier: Apache-2.0
// Turns, and waiting for the last one.
#include "engine/dismapi/running_operations.h"

namespace casement::dismapi {

RunningOperations::Mark::Mark(RunningOperations& operations, Id session)
    : operations_(operations), session_(session), entry_([&]() -> Entry& {
        const std::lock_guard lock(operations.mutex_);
        Entry& entry = operations.running_[session];
        ++entry.count;
        return entry;
      }()) {
  const std::thread::id here = std::this_thread::get_id();
  std::unique_lock lock(operations_.mutex_);
  operations_.changed_.wait(lock, [&] { return entry_.depth == 0 || entry_.holder == here; });
  entry_.holder = here;
  ++entry_.depth;
}

RunningOperations::Mark::~Mark() {
  const std::lock_guard lock(operations_.mutex_);
  --entry_.depth;
  if (--entry_.count == 0) {
    operations_.running_.erase(session_);
  }
  operations_.changed_.notify_all();
}

bool RunningOperations::runs_here(Id session) const {
  const std::lock_guard lock(mutex_);
  const auto found = running_.find(session);
  return found != running_.end() && found->second.depth != 0 &&
         found->second.holder == std::this_thread::get_id();
}

void RunningOperations::wait_until_idle(Id session) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !running_.contains(session); });
}

}  // namespace casement::dismapi
