// SPDX-License-Identifier: Apache-2.0
// The progress bar of long commands.
#pragma once

#include <cstdint>
#include <string>

#include "engine/inspect/scan_progress.h"
#include "tools/dism/output.h"

namespace casement::dism {

/// "[==========================66.5%======                    ]": 58 places with the number in
/// their middle. `tenths` of a percent, up to 1000.
std::string progress_line(std::uint32_t tenths);

/// Draws the bar over itself on a terminal, and nothing anywhere else: what is piped gets the full
/// bar alone, from finish().
class ProgressBar {
 public:
  explicit ProgressBar(Output& output) : output_(output) {}
  /// To be given to a scan; holds a reference to this object.
  ScanProgress callback();
  /// Leaves the full bar, without a line end.
  void finish();

 private:
  Output& output_;
  std::uint32_t drawn_ = 0;
  bool started_ = false;
};

}  // namespace casement::dism
