// SPDX-License-Identifier: Apache-2.0
// Deleted keys and values that still lie in free cells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/hive/hive.h"

namespace casement {

/// A value key found in a free cell. Points into the hive.
struct DeletedValue {
  std::uint32_t offset = 0;  // bins offset of the record
  HiveName name;
  std::uint32_t type = 0;
  std::uint32_t size = 0;  // as claimed
  /// What is left of the data; parts may have been overwritten since. Big data is not followed.
  Bytes data;
  bool complete = false;  // data has `size` bytes
};

/// A key node found in a free cell. Points into the hive.
struct DeletedKey {
  std::uint32_t offset = 0;  // bins offset of the record
  HiveName name;
  FileTime last_written;
  std::uint32_t parent = 0;  // cell offset, as stored
  /// The parent's path when it is a live key or another deleted one; nullopt when it is gone.
  std::optional<std::u16string> parent_path;
  std::vector<DeletedValue> values;
};

struct DeletedItems {
  std::vector<DeletedKey> keys;
  std::vector<DeletedValue> values;  // of no deleted key that was found
};

/// Scans the free cells of the whole hive for records with sane fields. What is
/// found is a lead, not a fact: a free cell may have been reused in part. Damaged bins are noted in
/// `findings` and passed over.
DeletedItems find_deleted(const Hive& hive, Diagnostics& findings);

}  // namespace casement
