// SPDX-License-Identifier: Apache-2.0
// A registry hive (regf): open with recovery, find keys, walk them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/hive/hive_state.h"
#include "engine/hive/key.h"
#include "engine/hive/value.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"

namespace casement {

class HiveImage;

/// The transaction logs beside a hive; a missing or empty one is null.
struct HiveLogs {
  SourcePtr log;   // X.LOG
  SourcePtr log1;  // X.LOG1
  SourcePtr log2;  // X.LOG2
};

/// One hive over any source. Nothing is parsed ahead: a query reads the pages on its path, which
/// are then kept. Logs are applied in memory; the sources are never written. All const calls may be
/// made from many threads. Keys and values point into the hive: keep the HivePtr while they are in
/// use.
class Hive {
 public:
  Hive(const Hive&) = delete;
  Hive& operator=(const Hive&) = delete;
  ~Hive();

  /// Opens `primary`, and recovers it from `logs` when it is dirty.
  /// bad_format: no regf signature. unsupported: another version or a log file. truncated: shorter
  /// than its base block. corrupt: the base block contradicts itself and no log can replace it.
  /// Not checked: cells and bins; each is checked when it is reached.
  static Result<std::shared_ptr<const Hive>> open(SourcePtr primary, const HiveLogs& logs = {},
                                                  const Limits& limits = {});

  const HiveState& state() const noexcept { return state_; }
  const Limits& limits() const noexcept { return limits_; }
  /// The primary source's description.
  std::string describe() const;

  Result<Key> root() const;

  /// By path from the root ("Microsoft\Windows NT\CurrentVersion"), without regard to case. Empty
  /// path: the root. nullopt when a component is not there.
  Result<std::optional<Key>> find(std::u16string_view path) const;

  /// The key node at a cell offset, checked to be one. For keys found by other means.
  Result<Key> key_at(std::uint32_t cell_offset) const;

  /// Reads every bin header and reports those that are damaged. Touches the whole hive.
  void check_bins(Diagnostics& findings) const;

  /// Checked raw bytes; for the classes of this folder.
  const HiveImage& image() const noexcept { return *image_; }

 private:
  Hive(std::unique_ptr<HiveImage> image, const Limits& limits);
  static Result<std::shared_ptr<const Hive>> open_unnamed(SourcePtr primary, const HiveLogs& logs,
                                                          const Limits& limits);

  std::unique_ptr<HiveImage> image_;
  Limits limits_;
  HiveState state_;
  std::uint32_t root_cell_ = 0;
};

using HivePtr = std::shared_ptr<const Hive>;

}  // namespace casement
