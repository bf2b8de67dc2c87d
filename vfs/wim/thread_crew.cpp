// SPDX-License-Identifier: Apache-2.0
// Counting threads, and carrying an exception over.
#include "vfs/wim/thread_crew.h"

#include <chrono>
#include <system_error>
#include <utility>

namespace casement::wim {
namespace {

constexpr std::chrono::milliseconds watch_interval{100};

}  // namespace

bool ThreadCrew::start(std::function<void()> body) {
  {
    const std::scoped_lock lock(mutex_);
    ++running_;
  }
  try {
    threads_.emplace_back([this, body = std::move(body)] { run(body); });
  } catch (const std::system_error&) {
    const std::scoped_lock lock(mutex_);
    --running_;
    return false;
  }
  return true;
}

void ThreadCrew::run(const std::function<void()>& body) noexcept {
  std::exception_ptr failure;
  try {
    body();
  } catch (...) {
    failure = std::current_exception();
    on_failure_();
  }
  const std::scoped_lock lock(mutex_);
  if (failure) {
    failure_ = failure;
  }
  --running_;
  ended_.notify_all();
}

void ThreadCrew::wait(const std::function<void()>& watch) {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, watch_interval, [this] { return running_ == 0; })) {
    lock.unlock();
    watch();
    lock.lock();
  }
  if (failure_) {
    std::rethrow_exception(failure_);
  }
}

}  // namespace casement::wim
