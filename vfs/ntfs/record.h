// SPDX-License-Identifier: Apache-2.0
// One file record of the MFT.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/ntfs/attribute.h"
#include "vfs/ntfs/file_reference.h"

namespace casement::ntfs {

/// A record with its fixups applied and its header checked. Owns its bytes or views those of a
/// larger buffer, which must then outlive it. Attributes are views into it; they stay valid when
/// the record is moved.
class FileRecord {
 public:
  /// Applies the fixups to `bytes`, which is record `number`. not_found: the slot was never used
  /// (its signature is zero). corrupt: "BAAD" or any other signature, an impossible header. A torn
  /// record is not an error, see torn().
  static Result<FileRecord> adopt(std::vector<std::byte> bytes, std::uint64_t number);
  /// The same in place in a buffer of many records.
  static Result<FileRecord> view(MutableBytes bytes, std::uint64_t number);

  FileRecord(FileRecord&&) noexcept = default;
  FileRecord& operator=(FileRecord&&) noexcept = default;
  FileRecord(const FileRecord&) = delete;
  FileRecord& operator=(const FileRecord&) = delete;
  ~FileRecord() = default;

  std::uint64_t number() const noexcept { return number_; }
  std::uint16_t sequence() const noexcept { return sequence_; }
  FileReference reference() const noexcept { return FileReference::make(number_, sequence_); }
  std::uint16_t link_count() const noexcept { return link_count_; }
  bool in_use() const noexcept;
  bool is_directory() const noexcept;
  /// Holds an index that is no directory: $Secure, $ObjId.
  bool is_view_index() const noexcept;

  /// Of the file that this record extends; nullopt: it is a base record itself.
  std::optional<FileReference> base() const noexcept;

  /// Parts were written at different times: the content may be inconsistent.
  bool torn() const noexcept { return torn_; }
  /// What the record says its number is; nullopt before NTFS 3.1.
  std::optional<std::uint32_t> stored_number() const noexcept { return stored_number_; }

  /// The used part, fixed up.
  Bytes bytes() const noexcept { return bytes_; }
  std::uint32_t attributes_offset() const noexcept { return attributes_offset_; }

 private:
  FileRecord() = default;
  Result<void> parse(MutableBytes bytes, std::uint64_t number);

  std::vector<std::byte> owned_;
  Bytes bytes_;
  std::uint64_t number_ = 0;
  std::uint64_t base_ = 0;
  std::uint32_t attributes_offset_ = 0;
  std::uint16_t sequence_ = 0;
  std::uint16_t link_count_ = 0;
  std::uint16_t flags_ = 0;
  bool torn_ = false;
  std::optional<std::uint32_t> stored_number_;
};

/// The attributes of a record in stored order. Views the record.
class AttributeReader {
 public:
  explicit AttributeReader(const FileRecord& record) noexcept;

  /// The next attribute, or nullopt at the end. After an Error call again: a damaged attribute does
  /// not hide those after it, unless its size is what is damaged.
  Result<std::optional<Attribute>> next();

 private:
  Bytes bytes_;
  std::uint64_t record_ = 0;
  std::uint32_t offset_ = 0;
  bool done_ = false;
};

/// The first attribute of a type and name. Damaged ones before it are passed over.
std::optional<Attribute> find_attribute(const FileRecord& record, std::uint32_t type,
                                        std::u16string_view name);

}  // namespace casement::ntfs
