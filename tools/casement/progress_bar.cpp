// SPDX-License-Identifier: Apache-2.0
// "Verifying [#####.....]  52%  612 MiB/s  0:12 left"
#include "tools/casement/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "tools/casement/render/numbers.h"
#include "tools/support/write_all.h"

namespace casement::cli {
namespace {

constexpr auto patience = std::chrono::milliseconds(500);
constexpr auto pause = std::chrono::milliseconds(100);
constexpr std::size_t width = 30;
constexpr std::string_view erase_line = "\r\x1B[K";

std::string left_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::min(seconds, 359'999.0));
  return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                       : fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) == 1), next_(start_ + patience) {}

ProgressBar::~ProgressBar() {
  if (shown_) {
    write_all(STDERR_FILENO, erase_line);
  }
}

void ProgressBar::show(std::uint64_t done, std::uint64_t total) {
  const Clock::time_point now = Clock::now();
  if (!terminal_ || total == 0 || now < next_) {
    return;
  }
  next_ = now + pause;
  shown_ = true;
  const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const auto filled = static_cast<std::size_t>(part * width);
  constexpr double fastest = 1e15;  // a hostile image may claim any size
  const double speed = std::min(static_cast<double>(done) / seconds, fastest);
  const double left = speed > 0 ? static_cast<double>(total - std::min(done, total)) / speed : 0;
  write_all(STDERR_FILENO,
            fmt::format("{}{} [{}{}] {:3.0f}%  {}/s  {} left", erase_line, what_,
                        std::string(filled, '#'), std::string(width - filled, '.'), part * 100,
                        human_size(static_cast<std::uint64_t>(speed)), left_text(left)));
}

}  // namespace casement::cli
