// SPDX-License-Identifier: Apache-2.0
// From one MFT record to its row in the table of a scan.
#pragma once

#include <cstdint>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/ntfs/attribute_list.h"
#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/record.h"
#include "vfs/ntfs/scan_table.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

/// Decodes ordinary records where they lie; those with an attribute list, a reparse point or
/// damage are read as stat() reads them. Belongs to one thread.
class ScanRecordDecoder {
 public:
  /// `table` receives the rows. It and `lists` must outlive the decoder.
  ScanRecordDecoder(const NtfsVolumePtr& volume, bool deleted, ScanTable& table, ListBudget& lists);

  /// `raw` is record `number` as stored; its fixups are applied in place. Numbers ascend.
  void decode(MutableBytes raw, std::uint64_t number);

  /// The same for a record whose bytes could not be had.
  void add_unreadable(std::uint64_t number, Error error);

 private:
  struct Facts;
  void add(FileRecord&& record);
  /// False: this record needs more than a look at its own attributes.
  bool gather(const FileRecord& record, Facts& facts);
  bool gather_attribute(std::uint32_t type, Bytes raw, Facts& facts);
  static bool gather_data(const Attribute& attribute, Facts& facts);
  void complete(const FileRecord& record, NodeInfo& info) const;
  void add_exactly(FileRecord&& record);
  void add_row(const FileRecord& record, const NodeInfo& info);
  void add_names(FileReference file);

  const NtfsVolumePtr& volume_;
  bool deleted_;
  ScanTable& table_;
  ListBudget& lists_;
  std::vector<NtfsFileName> names_;  // of the record at hand
};

}  // namespace casement::ntfs
