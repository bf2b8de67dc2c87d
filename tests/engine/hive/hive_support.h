// SPDX-License-Identifier: Apache-2.0
// Opening built hives and walking them to the last byte.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/hive/hive.h"
#include "fixtures/build/hive_log_builder.h"
#include "tests/support/matchers.h"

namespace casement::test {

/// The bytes as a source; empty bytes: no source.
SourcePtr source_of(std::vector<std::byte> bytes);

Result<HivePtr> open_bytes(std::vector<std::byte> hive, const Limits& limits = {});
Result<HivePtr> open_dirty(const fixture::DirtyHive& hive);

/// Everything a walk of the hive found.
struct WalkCount {
  std::uint64_t keys = 0;
  std::uint64_t values = 0;
  std::uint64_t errors = 0;
  std::string first_error;
  friend bool operator==(const WalkCount&, const WalkCount&) = default;
};

/// Reads every key, value, class name, descriptor and datum. Ends for every input.
WalkCount walk_all(const Hive& hive);

/// Opens, walks, searches deleted items and checks bins; whatever happens must be a Result.
void exercise(std::vector<std::byte> hive);

/// The bins as recovered.
std::vector<std::byte> all_bins(const Hive& hive);

/// Names of the subkeys in order; a damaged one is "!".
std::vector<std::string> subkey_names(const Key& key);

}  // namespace casement::test
