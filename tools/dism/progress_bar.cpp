// SPDX-License-Identifier: Apache-2.0
// Drawing progress.
#include "tools/dism/progress_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace casement::dism {
namespace {

constexpr std::size_t bar_width = 58;
constexpr std::uint32_t full = 1000;

}  // namespace

std::string progress_line(std::uint32_t tenths) {
  tenths = std::min(tenths, full);
  std::string bar(bar_width, ' ');
  std::fill_n(bar.begin(), static_cast<std::ptrdiff_t>(bar_width * tenths / full), '=');
  const std::string number = fmt::format("{}.{}%", tenths / 10, tenths % 10);
  bar.replace((bar_width - number.size()) / 2, number.size(), number);
  return "[" + bar + "]";
}

ScanProgress ProgressBar::callback() {
  return [this](std::uint64_t done, std::uint64_t total) {
    if (!output_.terminal() || total == 0) {
      return true;
    }
    const double part = static_cast<double>(std::min(done, total)) / static_cast<double>(total);
    const auto tenths = static_cast<std::uint32_t>(part * full);
    if (!started_ || tenths > drawn_) {
      started_ = true;
      drawn_ = tenths;
      output_.text() += "\r" + progress_line(tenths) + " ";
      return output_.flush();
    }
    return true;
  };
}

void ProgressBar::finish() {
  output_.text() += (started_ ? "\r" : "") + progress_line(full);
}

}  // namespace casement::dism
