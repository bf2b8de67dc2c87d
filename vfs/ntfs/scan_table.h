// SPDX-License-Identifier: Apache-2.0
// What a pass over the MFT keeps of each file, in about 190 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/ntfs/file_reference.h"
#include "vfs/ntfs/names.h"
#include "vfs/source/large_bytes.h"

namespace casement::ntfs {

/// One file, directory or deleted file: its stat() in compact form. Its number is in the table.
struct ScanRecord {
  std::uint64_t size = 0;
  std::uint64_t allocated_size = 0;
  FileTime created;
  FileTime modified;
  FileTime changed;
  FileTime accessed;
  std::uint32_t attributes = 0;
  std::uint32_t reparse_tag = 0;
  std::uint32_t link_count = 0;
  std::uint16_t sequence = 0;
  NodeKind kind = NodeKind::file;
  ContentKind content = ContentKind::stored;
  bool case_sensitive : 1 = false;
  bool is_directory : 1 = false;  // has an index, be it a reparse point or not
  bool in_use : 1 = false;
  bool has_names : 1 = false;

  void set_info(const NodeInfo& info) noexcept;
  /// Fills `info`.
  void get_info(NodeInfo& info) const noexcept;
};

/// One name of a file in one directory.
struct ScanName {
  FileReference parent;
  std::uint64_t text = 0;    // where the units are in the table; the 8.3 name follows the long one
  std::uint32_t record = 0;  // index of the file in the table
  std::uint8_t length = 0;   // units
  std::uint8_t short_length = 0;
};

/// Files and their names, in the order of the MFT.
class ScanTable {
 public:
  using Index = std::uint32_t;

  explicit ScanTable(std::uint64_t most_rows = max_rows) : most_rows_(most_rows) {}

  /// Sets aside address space for a table of so many records, no memory yet.
  void reserve(std::uint64_t record_count);

  /// Adds a file, to be filled in before the next. Precondition: `number` is larger than all before
  /// it.
  ScanRecord& add_record(std::uint32_t number);
  /// Adds a name of the file added last. Names are at most 255 units.
  void add_name(FileReference parent, std::u16string_view name, std::u16string_view short_name);
  /// Damage of one record.
  void add_error(Error error);

  /// Puts all of `next`, whose numbers are larger, behind what is here. limit_exceeded: more than
  /// `most_rows` files or names, or max_text units.
  Result<void> append(const ScanTable& next);
  /// Empties the table and keeps its memory.
  void clear() noexcept;

  std::size_t record_count() const noexcept { return records_.size(); }
  std::size_t name_count() const noexcept { return names_.size(); }
  const ScanRecord& record(Index index) const noexcept { return records_[index]; }
  const ScanName& name(Index index) const noexcept { return names_[index]; }
  FileReference reference(Index index) const noexcept {
    return FileReference::make(numbers_[index], records_[index].sequence);
  }
  std::u16string_view text(const ScanName& name) const noexcept;
  std::u16string_view short_text(const ScanName& name) const noexcept;
  /// The first errors; further ones are only counted.
  const std::vector<Error>& errors() const noexcept { return errors_; }
  std::uint64_t error_count() const noexcept { return error_count_; }

  /// Call after the last file was added, before find().
  void index_numbers();
  /// The file of an MFT record.
  std::optional<Index> find(std::uint64_t number) const noexcept;

  static constexpr std::size_t max_errors_kept = 1000;
  /// Files or names of one table. The largest volumes known have some ten millions of files; the
  /// clusters of an MFT that claims more may be the same ones many times.
  static constexpr std::uint64_t max_rows = 100'000'000;
  /// Units of all names: rows of twice the usual length.
  static constexpr std::uint64_t max_text = max_rows * 96;

 private:
  LargeTable<std::uint32_t> numbers_;  // of records_: MFT record numbers, ascending
  LargeTable<ScanRecord> records_;
  LargeTable<ScanName> names_;
  LargeTable<char16_t> text_;
  std::vector<Index> blocks_;  // for find(): the first file of each 1024 numbers
  std::vector<Error> errors_;
  std::uint64_t error_count_ = 0;
  std::uint64_t most_rows_;
};

}  // namespace casement::ntfs
