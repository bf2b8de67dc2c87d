// SPDX-License-Identifier: Apache-2.0
// A transaction log: its base block and the dirty pages that it holds.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/hive/base_block.h"
#include "engine/hive/hive_state.h"

namespace casement {

/// Bytes to lay over the bins. Points into its transaction.
struct DirtyPage {
  std::uint32_t bins_offset = 0;
  Bytes bytes;
};

/// One HvLE entry: a transaction that is applied as a whole. Owns the bytes of its pages.
struct LogTransaction {
  std::uint32_t sequence = 0;
  std::uint32_t bins_size = 0;  // of the hive afterwards
  std::vector<DirtyPage> pages;
  std::unique_ptr<std::byte[]> bytes;
};

/// Serial-number order of sequence numbers: `a` comes before `b`, also across the wrap at 2^32.
[[nodiscard]] constexpr bool sequence_precedes(std::uint32_t a, std::uint32_t b) noexcept {
  return static_cast<std::int32_t>(a - b) < 0;
}

/// A log that could be read. Transactions are those that are intact, in order; what stopped the
/// reading of more is in `stopped`.
struct LogFile {
  std::string name;  // "LOG1"
  BaseBlock base;
  LogScheme scheme = LogScheme::none;
  std::vector<LogTransaction> transactions;  // of the old format: exactly one
  std::string stopped;

  /// Reads the valid part only: logs are mostly leftovers of earlier rounds. bad_format: no log.
  /// corrupt: its base block or its dirty vector is damaged. `primary_size` (bytes of the hive
  /// file) bounds how large the log may make the hive.
  static Result<LogFile> read(const ByteSource& source, std::string name,
                              std::uint64_t primary_size);
};

}  // namespace casement
