// SPDX-License-Identifier: Apache-2.0
// The entries of one directory, without an allocation for each.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "vfs/core/result.h"
#include "vfs/fat/fat_volume.h"
#include "vfs/fat/long_name.h"
#include "vfs/fat/node.h"
#include "vfs/fat/short_name.h"
#include "vfs/source/cluster/record_cursor.h"

namespace casement {

struct FatEntry {
  FatNode node;
  std::u16string_view name;        // valid until the next call of next()
  std::u16string_view short_name;  // 8.3, empty when `name` is that; valid as long
};

/// Passes over the slots of a directory once. Labels, "." and ".." are not given. Belongs to one
/// thread.
class FatDirectoryReader {
 public:
  using Entry = FatEntry;

  FatDirectoryReader(FatVolumePtr volume, FatDirectory directory, bool with_deleted = false);

  /// The next entry, or nullopt at the end. An Error concerns slots that are missing: a sector, or,
  /// once, the end; call again to go on.
  Result<std::optional<FatEntry>> next();

 private:
  /// What a slot gives: an entry, or nothing.
  Result<std::optional<FatEntry>> examine(const RecordCursor::Record& record);
  std::optional<FatEntry> live_entry(const FatNode& node);
  std::optional<FatEntry> deleted_entry(FatNode node);
  bool is_dot_entry(const FatNode& node);
  void add_long_part(const RecordCursor::Record& record);
  void drop_long_name(std::uint64_t offset);
  void check_name(const FatEntry& entry);
  Result<std::optional<FatEntry>> finish();

  FatVolumePtr volume_;
  FatDirectory directory_;
  RecordCursor cursor_;
  bool with_deleted_;
  bool ended_ = false;
  std::uint32_t slots_ = 0;
  std::uint32_t entries_ = 0;
  LongName long_name_;
  DeletedLongName deleted_name_;
  ShortName short_name_;    // as stored
  ShortName display_name_;  // by the case bits
};

}  // namespace casement
