// SPDX-License-Identifier: Apache-2.0
// Some threads that do one job, and the wait for them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace casement::wim {

/// Belongs to one thread, which starts the others and waits for them.
class ThreadCrew {
 public:
  /// `on_failure` is called in a thread that throws (std::bad_alloc): it makes the others end.
  explicit ThreadCrew(std::function<void()> on_failure) : on_failure_(std::move(on_failure)) {}

  /// false: the system gives no more threads.
  bool start(std::function<void()> body);

  /// Until all have ended; calls `watch` every tenth of a second. Throws what one of them threw.
  void wait(const std::function<void()>& watch);

 private:
  void run(const std::function<void()>& body) noexcept;

  std::function<void()> on_failure_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t running_ = 0;
  std::exception_ptr failure_;
  std::vector<std::jthread> threads_;  // the last member: they are joined first
};

}  // namespace casement::wim
