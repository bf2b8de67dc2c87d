// SPDX-License-Identifier: Apache-2.0
// How far long work has come, for a person who waits.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace casement::cli {

/// One line on standard error that is written again and again; silent when that is no terminal.
/// Begins after half a second, so that short work shows nothing. Belongs to one thread at a time.
class ProgressBar {
 public:
  explicit ProgressBar(std::string what);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// Removes the line.
  ~ProgressBar();

  /// Bytes.
  void show(std::uint64_t done, std::uint64_t total);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  bool terminal_ = false;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace casement::cli
