// SPDX-License-Identifier: Apache-2.0
// Tasks from one reader to several workers. Internal to verify().
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace casement::wim {

/// A queue of at most `capacity` tasks. Thread-safe.
template <class Task>
class TaskQueue {
 public:
  explicit TaskQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Waits for a place.
  void push(std::unique_ptr<Task> task) {
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [this] { return tasks_.size() < capacity_ || closed_; });
    if (!closed_) {
      tasks_.push_back(std::move(task));
      added_.notify_one();
    }
  }

  /// Waits for a task; null: closed, and none are left.
  std::unique_ptr<Task> pop() {
    std::unique_lock lock(mutex_);
    added_.wait(lock, [this] { return !tasks_.empty() || closed_; });
    if (tasks_.empty()) {
      return nullptr;
    }
    std::unique_ptr<Task> task = std::move(tasks_.front());
    tasks_.pop_front();
    taken_.notify_one();
    return task;
  }

  /// Drops all tasks, and those that will come.
  void abandon() {
    std::deque<std::unique_ptr<Task>> dropped;
    const std::scoped_lock lock(mutex_);
    dropped.swap(tasks_);
    close_locked();
  }

  /// No more tasks will come.
  void close() {
    const std::scoped_lock lock(mutex_);
    close_locked();
  }

 private:
  void close_locked() {
    closed_ = true;
    added_.notify_all();
    taken_.notify_all();
  }

  std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable added_;
  std::condition_variable taken_;
  std::deque<std::unique_ptr<Task>> tasks_;
  bool closed_ = false;
};

}  // namespace casement::wim
