// SPDX-License-Identifier: Apache-2.0
// Independent pieces of work on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace casement::cli {

/// The questions wait for memory and decompression more than for each other: more threads than this
/// gain nothing.
inline constexpr unsigned most_threads = 4;

/// Calls `work(i)` for each i below `count`, from several threads; pieces begin in order. Returns
/// when all are done. What a piece throws ends the work and is thrown again here.
template <class Work>
void for_each_parallel(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) {
        work(i);
      }
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      thrown = std::current_exception();
    }
  };
  const std::size_t threads = std::min<std::size_t>(
      count, std::clamp(std::thread::hardware_concurrency(), 1U, most_threads));
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) {
      others.emplace_back(run);
    }
    run();
  }
  if (thrown) {
    std::rethrow_exception(thrown);
  }
}

}  // namespace casement::cli
