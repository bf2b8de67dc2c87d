// SPDX-License-Identifier: Apache-2.0
// Counting operations and waiting for their end.
#include "engine/dismapi/running_operations.h"

namespace casement::dismapi {

RunningOperations::Mark::Mark(RunningOperations& operations, Id session)
    : operations_(operations), session_(session) {
  const std::lock_guard lock(operations_.mutex_);
  ++operations_.running_[session_];
}

RunningOperations::Mark::~Mark() {
  const std::lock_guard lock(operations_.mutex_);
  const auto entry = operations_.running_.find(session_);
  if (--entry->second == 0) {
    operations_.running_.erase(entry);
    operations_.ended_.notify_all();
  }
}

void RunningOperations::wait_until_idle(Id session) {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [&] { return !running_.contains(session); });
}

}  // namespace casement::dismapi
