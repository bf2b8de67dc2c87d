// SPDX-License-Identifier: Apache-2.0
// One file or directory: its base record and the records that extend it, as one set of attributes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/ntfs/attribute_list.h"
#include "vfs/ntfs/extents.h"
#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/record.h"
#include "vfs/ntfs/standard_information.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

/// An attribute with the places of its further extents.
struct AttributeChain {
  Attribute head;                 // resident, or its extent from VCN 0; views a record of the node
  FileReference holder;           // the record that `head` lies in
  std::vector<ExtentPlace> more;  // by lowest_vcn
};

/// An attribute that the file's list names and that could not be read.
struct LostAttribute {
  std::uint32_t type = 0;
  std::u16string name;
  Error error;
};

/// Cheap to make: one record is read where there is no attribute list, else also those that hold
/// the heads of attributes; records with further extents are read by load_runs(). Move-only.
class NtfsNode {
 public:
  /// Reads a node. not_found: no such record, never used, of another generation than `reference`
  /// says, or an extension of another record. A record that is not in use is given if its
  /// generation matches: see in_use(). Damage that leaves something readable goes to the findings.
  static Result<NtfsNode> read(const NtfsVolumePtr& volume, FileReference reference);

  /// From a base record that was read already, such as one of a scan. A record that views a buffer
  /// keeps viewing it. With `lists`, an attribute list is read only where that has room for it
  /// (else the finding "attribute-lists-left-out", once). not_found: an extension record.
  static Result<NtfsNode> from_record(const NtfsVolumePtr& volume, FileRecord record,
                                      ListBudget* lists = nullptr);

  FileReference reference() const noexcept { return records_.front().reference(); }
  bool in_use() const noexcept { return records_.front().in_use(); }
  bool is_directory() const noexcept { return records_.front().is_directory(); }
  const FileRecord& base() const noexcept { return records_.front(); }
  const NtfsVolumePtr& volume() const noexcept { return volume_; }

  /// Base record's first, in stored order. $FILE_NAME occurs once for each name.
  std::span<const AttributeChain> attributes() const noexcept { return chains_; }

  /// The first one of a type and name; null when there is none or it is lost.
  const AttributeChain* find(std::uint32_t type, std::u16string_view name) const noexcept;

  /// The same. not_found: there is none; else why it is lost.
  Result<const AttributeChain*> require(std::uint32_t type, std::u16string_view name) const;

  /// Times and attributes; defaults when the attribute is lost or damaged (which is a finding).
  const NtfsStandardInformation& standard_information() const noexcept { return standard_; }

  /// All names, DOS ones too. Damaged ones are left out (which is a finding). Views the node.
  std::vector<NtfsFileName> file_names() const;

 private:
  NtfsNode(NtfsVolumePtr volume, FileRecord base);
  /// Gives the $ATTRIBUTE_LIST, which is no attribute of the file.
  std::optional<Attribute> add_attributes(std::size_t record_index);
  bool has_room(const Attribute& list, ListBudget* lists);
  void add_listed(const Attribute& list);
  using Failures = std::map<std::uint64_t, Error>;  // by extension record
  /// Reads the records that hold heads; gives those that could not be used.
  Failures add_extensions(std::span<const AttributeListEntry> entries);
  std::optional<Error> add_extension(FileReference reference);
  void link_extents(std::span<const AttributeListEntry> entries, const Failures& failures);
  void add_lost(const AttributeListEntry& entry, const Failures& failures);
  void load_standard_information();

  NtfsVolumePtr volume_;
  std::vector<FileRecord> records_;  // the base record first
  std::vector<AttributeChain> chains_;
  std::vector<LostAttribute> lost_;
  std::optional<Error> list_damage_;
  NtfsStandardInformation standard_;
};

/// The run list of an attribute, with the extents of its extension records. Extents that are
/// missing or damaged leave their clusters unmapped and give the finding "extent-missing".
/// Precondition: chain.head is not resident and chain belongs to `node`.
RunList load_runs(const NtfsNode& node, const AttributeChain& chain);

}  // namespace casement::ntfs
