// SPDX-License-Identifier: Apache-2.0
// How many calls use each session, so that closing one can wait for them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

namespace casement::dismapi {

/// Counts the running operations of sessions. Thread-safe.
class RunningOperations {
 public:
  using Id = std::uint32_t;

  /// One running operation: ends with this object. Must not outlive the RunningOperations.
  class Mark {
   public:
    Mark(RunningOperations& operations, Id session);
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;
    ~Mark();

   private:
    RunningOperations& operations_;
    Id session_;
  };

  /// Returns when no operation runs on the session. Precondition: this thread has no Mark on it.
  void wait_until_idle(Id session);

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::map<Id, std::size_t> running_;  // only sessions with operations
};

}  // namespace casement::dismapi
