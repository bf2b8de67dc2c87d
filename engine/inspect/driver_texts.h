// SPDX-License-Identifier: Apache-2.0
// Texts of driver records, within bounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "engine/hive/value.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement {

/// Reads texts of values. Many values may share one cell of data, and many records one text:
/// without bounds a small hive would fill the memory. Belongs to one thread.
class DriverTexts {
 public:
  static constexpr std::uint32_t max_value_bytes = 32 * 1024;
  static constexpr std::size_t max_total_bytes = std::size_t{64} << 20;

  /// `what` is read: for the finding. Precondition: `findings` outlives this.
  DriverTexts(Diagnostics& findings, std::string what)
      : findings_(findings), what_(std::move(what)) {}

  /// As Value::as_string. limit_exceeded: over max_value_bytes. Empty when all of them together are
  /// over max_total_bytes.
  Result<std::u16string> read(const Value& value);

  /// Counts bytes that are kept beside those of read(). False when there is no room for them: one
  /// finding ("limit") tells it, and from then on there is none for anything.
  bool take(std::size_t bytes);
  bool spent() const noexcept { return spent_; }

  /// The code of a finding for an error of read().
  static const char* finding_code(const Error& error) noexcept {
    return error.status() == Status::limit_exceeded ? "limit" : "wrong-type";
  }

 private:
  Diagnostics& findings_;
  std::string what_;
  std::size_t taken_ = 0;
  bool spent_ = false;
};

}  // namespace casement
