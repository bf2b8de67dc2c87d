// SPDX-License-Identifier: Apache-2.0
// One pass over the keys of a store.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/bcd/object.h"
#include "engine/hive/hive.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"
#include "vfs/core/limits.h"

namespace casement {

/// Collects the objects below the key Objects; BcdStore::open() says what fails and what is only
/// reported. Belongs to one thread and to one call of read().
class BcdStoreReader {
 public:
  /// `hive` and `limits` must outlive the reader.
  BcdStoreReader(const Hive& hive, const Limits& limits) : hive_(hive), limits_(limits) {}

  Result<void> read();

  // Filled by read().
  std::vector<BcdObject> objects;
  FileTime last_written;
  Diagnostics diagnostics;

 private:
  void read_object(const Key& key, const std::string& path);
  std::optional<std::uint32_t> read_type(const Key& object_key, const std::string& path,
                                         FileTime& newest);
  void read_elements(const Key& object_key, const std::string& path, BcdObject& object);
  void read_element(const Key& key, const std::string& path, BcdObject& object,
                    std::set<std::uint32_t>& seen);

  /// Calls `use(subkey, path)` for every subkey that can be read, and reports the others.
  template <class Use>
  void for_each_subkey(const Key& parent, const std::string& path, Use use);
  std::optional<Key> subkey(const Key& parent, const char16_t* name, const std::string& path);
  void report(const std::string& path, std::string what);
  void report(const std::string& path, const Error& error);

  const Hive& hive_;
  const Limits& limits_;
  std::set<Guid> seen_;
  std::uint64_t bytes_read_ = 0;  // of elements
};

}  // namespace casement
