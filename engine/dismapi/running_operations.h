// SPDX-License-Identifier: Apache-2.0
// The calls that use each session: one at a time, and closing a session waits for them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

namespace casement::dismapi {

/// Counts the running operations of sessions and lets them come one after the other, those of
/// different sessions at the same time. Thread-safe.
class RunningOperations {
 private:
  struct Entry {
    std::size_t count = 0;   // operations, waiting ones as well
    std::size_t depth = 0;   // of those that `holder` is in
    std::thread::id holder;  // whose turn it is, while depth is not 0
  };

 public:
  using Id = std::uint32_t;

  /// One operation. The constructor waits until no other thread has one on the session; a thread
  /// that has one, such as one that is in a progress callback, may have more. Ends with this
  /// object, on the same thread. Must not outlive the RunningOperations.
  class Mark {
   public:
    Mark(RunningOperations& operations, Id session);
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;
    ~Mark();

   private:
    RunningOperations& operations_;
    Id session_;
    Entry& entry_;  // of operations_.running_, where it stays while its count is not 0
  };

  /// Whether this thread has a Mark on the session.
  bool runs_here(Id session) const;

  /// Returns when no operation runs on the session or waits for it. Precondition: this thread has
  /// no Mark on it.
  void wait_until_idle(Id session);

 private:
  mutable std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::map<Id, Entry> running_;  // only sessions with operations
};

}  // namespace casement::dismapi
