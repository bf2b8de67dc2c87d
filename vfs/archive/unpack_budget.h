// SPDX-License-Identifier: Apache-2.0
// How much an archive may unpack to.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "vfs/archive/archive_options.h"
#include "vfs/core/checked.h"
#include "vfs/core/result.h"

namespace casement {

/// Unpacked bytes of one pass, against what the packed size makes believable.
class UnpackBudget {
 public:
  UnpackBudget(const ArchiveOptions& options, std::uint64_t packed_size)
      : packed_size_(packed_size),
        allowed_(std::max(options.free_unpacked,
                          checked_mul(packed_size, options.max_ratio)
                              .value_or(std::numeric_limits<std::uint64_t>::max()))) {}

  /// limit_exceeded: more than the budget allows.
  Result<void> spend(std::uint64_t unpacked) {
    if (unpacked > allowed_ - spent_) {
      return fail(Status::limit_exceeded,
                  fmt::format("{} packed bytes unpack to more than {}", packed_size_, allowed_));
    }
    spent_ += unpacked;
    return {};
  }

 private:
  std::uint64_t packed_size_;
  std::uint64_t allowed_;
  std::uint64_t spent_ = 0;
};

}  // namespace casement
