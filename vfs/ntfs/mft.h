// SPDX-License-Identifier: Apache-2.0
// The master file table: from a record's number to its bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/ntfs/boot_sector.h"
#include "vfs/ntfs/record.h"
#include "vfs/ntfs/run_list.h"

namespace casement::ntfs {

/// Records from `first` to before `end`.
struct MftPart {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  bool hole = false;  // stored as a hole: records that were never used
};

/// Thread-safe after open().
class Mft {
 public:
  /// Finds the table by record 0, or by its copy in $MFTMirr, and by the extension records that
  /// $MFT's own attribute list names. Lesser damage goes to `findings`: "mft-mirror-used",
  /// "mft-extent-missing", "mft-sparse". corrupt, truncated: no usable record 0. `findings` must
  /// outlive it.
  static Result<Mft> open(SourcePtr volume, const NtfsGeometry& geometry, const Limits& limits,
                          UniqueFindings& findings);

  /// The same table, with another place for what is found from now on.
  Mft with_findings(UniqueFindings& findings) const;

  /// Records of the table, used or not, up to the last one that has clusters.
  std::uint64_t record_count() const noexcept { return record_count_; }
  /// Which of them have clusters. Those of holes were never used; those that no extent maps are
  /// lost.
  std::vector<MftPart> mapped_parts() const;
  std::uint32_t record_size() const noexcept { return geometry_.record_size; }
  const RunList& runs() const noexcept { return runs_; }

  /// One record, fixed up, in use or not. Records 0 to 3 come from $MFTMirr when damaged. A torn
  /// record gives the finding "record-torn". not_found: no such record, or never used. corrupt,
  /// truncated, io_failed.
  Result<FileRecord> read_record(std::uint64_t number) const;

  /// `count` records from `first` as stored (without fixups: see FileRecord::view), with one read
  /// of the volume for each run. After an error the caller may go on record by record.
  /// Preconditions: in_range(record_count(), first, count); buffer.size() == count * record_size().
  Result<void> read_records(std::uint64_t first, std::uint64_t count, MutableBytes buffer) const;

 private:
  Mft(SourcePtr volume, const NtfsGeometry& geometry, const Limits& limits,
      UniqueFindings& findings);
  /// `number` below 4, from the table that begins at `table_lcn`.
  Result<FileRecord> read_at(std::uint64_t table_lcn, std::uint64_t number) const;
  Result<FileRecord> read_mirror(std::uint64_t number) const;
  Result<void> load(const FileRecord& first);
  void load_extents(const FileRecord& first);
  void set_record_count(const NonResidentPart& data);
  void cut_record_count();

  SourcePtr volume_;
  NtfsGeometry geometry_;
  Limits limits_;
  UniqueFindings* findings_;
  RunList runs_;
  std::uint64_t record_count_ = 0;
};

}  // namespace casement::ntfs
