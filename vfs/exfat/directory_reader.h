// SPDX-License-Identifier: Apache-2.0
// The entry sets of one directory, without an allocation for each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vfs/core/result.h"
#include "vfs/exfat/exfat_volume.h"
#include "vfs/exfat/node.h"
#include "vfs/source/cluster/record_cursor.h"

namespace casement {

struct ExfatEntry {
  ExfatNode node;
  std::u16string_view name;  // valid until the next call of next()
};

/// Passes over the slots of a directory once. Belongs to one thread.
class ExfatDirectoryReader {
 public:
  using Entry = ExfatEntry;

  ExfatDirectoryReader(ExfatVolumePtr volume, ExfatDirectory directory, bool with_deleted = false);

  /// The next entry, or nullopt at the end. An Error concerns one set, one sector, or, once, what
  /// is missing at the end; call again to go on. A set whose checksum is wrong is given, with a
  /// finding; a deleted one is not.
  Result<std::optional<ExfatEntry>> next();

 private:
  /// Slots of a set as they come.
  struct Set {
    ExfatNode node;
    bool deleted = false;       // the slots themselves are
    std::uint8_t expected = 0;  // slots behind the first
    std::uint8_t taken = 0;
    std::uint16_t checksum = 0;
    std::size_t units = 0;  // of the name, so far
  };

  Result<std::optional<ExfatEntry>> examine(const RecordCursor::Record& record);
  void begin_set(const RecordCursor::Record& record, bool deleted);
  /// Takes a slot of the open set. False: it does not belong to it.
  bool continue_set(const RecordCursor::Record& record);
  Result<std::optional<ExfatEntry>> finish_set();
  Result<std::optional<ExfatEntry>> give(ExfatEntry entry);
  Result<std::optional<ExfatEntry>> broken_set(const Set& set, const std::string& reason);
  Result<std::optional<ExfatEntry>> finish();
  void add_finding(const char* code, std::uint64_t offset, const char* what);

  ExfatVolumePtr volume_;
  ExfatDirectory directory_;
  RecordCursor cursor_;
  bool with_deleted_;
  bool ended_ = false;
  std::uint32_t entries_ = 0;
  std::optional<Set> set_;
  std::optional<RecordCursor::Record> again_;  // ended the set before it, not looked at yet
  static constexpr std::size_t name_slot_units = 15;
  static constexpr std::size_t max_name_slots = 17;
  std::array<char16_t, name_slot_units * max_name_slots> name_{};
};

}  // namespace casement
