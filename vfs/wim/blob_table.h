// SPDX-License-Identifier: Apache-2.0
// The blob tables of all parts: rows as stored, found by their SHA-1.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/digest.h"
#include "vfs/source/large_bytes.h"
#include "vfs/wim/part_header.h"

namespace casement::wim {

/// A row. Nothing of its place is checked.
struct BlobEntry {
  ResourceLocation location;
  std::uint16_t part = 0;
  std::uint32_t references = 0;
  Sha1 hash{};

  bool is_metadata() const noexcept { return location.has(wim_layout::resource_flag::metadata); }
  bool is_solid() const noexcept { return location.has(wim_layout::resource_flag::solid); }
  /// A row for a solid resource itself.
  bool is_solid_resource() const noexcept {
    return is_solid() && location.size == wim_layout::solid_resource_mark;
  }
  /// Bytes, plain. Not of a solid resource, whose own header says it.
  std::uint64_t plain_size() const noexcept {
    return is_solid() ? location.stored_size : location.size;
  }
};

/// Consecutive solid rows of one table: solid resources, and blobs in their plain bytes, one
/// resource after another.
struct SolidRun {
  std::uint32_t first = 0;  // row
  std::uint32_t end = 0;    // the row behind it
  std::vector<std::uint32_t> resources;
};

/// Rows keep the 50 bytes that they have in the file; beside them there is an open-addressed table
/// of 32-bit row numbers, at most half full, made when the first lookups are not the only ones:
/// those go through the beginnings of the hashes, which costs less. Filling and
/// looking up are two phases: add_table() for each part, then const calls, which are thread-safe.
class BlobTable {
 public:
  /// `rows`: one part's table as stored; what is left at its end is less than a row and ignored.
  /// Precondition: all tables together have fewer than 2^32 - 1 rows.
  void add_table(LargeBytes rows);

  /// The parts that can be read: of rows with the same hash the first that lies in one of them
  /// counts, else the first.
  void set_open_parts(std::vector<bool> open_parts) { open_parts_ = std::move(open_parts); }

  std::uint32_t size() const noexcept;
  /// Precondition: row < size().
  BlobEntry at(std::uint32_t row) const noexcept;

  /// The row of a file's blob: never one for metadata or for a solid resource.
  std::optional<std::uint32_t> find(const Sha1& hash) const;

  /// Rows of metadata resources, in order, of all tables.
  std::span<const std::uint32_t> metadata() const noexcept { return metadata_; }
  std::span<const SolidRun> solid_runs() const noexcept { return solid_runs_; }
  bool is_open(std::uint16_t part) const noexcept {
    return part < open_parts_.size() && open_parts_[part];
  }

 private:
  static constexpr std::uint32_t scanned_lookups = 32;

  void build_index() const;
  bool is_blob(std::uint32_t row) const noexcept;
  std::optional<std::uint32_t> scan(const Sha1& hash) const noexcept;
  void insert(std::uint32_t row) const;
  std::size_t first_slot(Bytes hash) const noexcept;
  Bytes hash_of(std::uint32_t row) const noexcept;

  LargeBytes rows_;
  std::vector<std::uint32_t> tags_;  // of each row: the first bytes of its hash
  std::vector<std::uint32_t> metadata_;
  std::vector<SolidRun> solid_runs_;
  std::vector<bool> open_parts_;  // by number
  mutable std::atomic<std::uint32_t> lookups_ = 0;
  mutable std::once_flag indexed_;
  mutable std::vector<std::uint32_t> slots_;  // row + 1; 0: empty
  mutable std::uint64_t seed_ = 0;
};

}  // namespace casement::wim
