// SPDX-License-Identifier: Apache-2.0
// The log of a VHDX as a ring of sectors, and the entries in it.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "vfs/container/vhdx/vhdx_header.h"
#include "vfs/container/vhdx/vhdx_layout.h"
#include "vfs/core/limits.h"

namespace casement {

/// The header of an entry whose checksum, descriptors and data sectors were found to be right.
struct VhdxLogEntry {
  std::uint32_t offset = 0;  // in the log
  std::uint32_t size = 0;    // bytes, a multiple of 4096, at most the log's size
  std::uint32_t tail = 0;    // offset in the log of the oldest entry that is still needed
  std::uint64_t sequence = 0;
  std::uint32_t descriptor_count = 0;
  std::uint64_t flushed_file_size = 0;
  std::uint64_t last_file_size = 0;
};

/// One change that an entry makes to the file.
struct VhdxLogChange {
  std::uint64_t file_offset = 0;  // a multiple of 4096
  std::uint64_t length = 0;       // a multiple of 4096
  /// The new bytes of a data descriptor (4096); empty: zeros.
  std::vector<std::byte> bytes;
};

/// All bytes of a log.
class VhdxLogRing {
 public:
  /// Reads the log that `header` names. corrupt: its place is impossible. truncated: it is not
  /// within the file. limit_exceeded: larger than Limits::max_table_size. unsupported: another
  /// version.
  static Result<VhdxLogRing> read(const ByteSource& source, const VhdxHeader& header,
                                  const Limits& limits);

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(bytes_.size()); }
  std::uint32_t sector_count() const noexcept { return size() / vhdx_layout::log_sector_size; }

  /// How many bytes validate() would have to look at; 0 when there is no entry to speak of.
  std::uint32_t entry_size(std::uint32_t offset) const noexcept;

  /// The entry that begins at `offset`, a multiple of 4096; nullopt when anything about it is
  /// wrong: most of a log is leftovers.
  std::optional<VhdxLogEntry> validate(std::uint32_t offset) const;

  /// What descriptor `index` of a valid entry changes. `data_index`: how many data descriptors the
  /// entry has before it. corrupt: the descriptor's place in the file is impossible.
  Result<VhdxLogChange> change(const VhdxLogEntry& entry, std::uint32_t index,
                               std::uint32_t data_index) const;

  /// The offset of what follows `length` bytes at `offset`. Precondition: both at most size().
  std::uint32_t advance(std::uint32_t offset, std::uint64_t length) const noexcept {
    return static_cast<std::uint32_t>((offset + length) % bytes_.size());
  }

 private:
  VhdxLogRing(std::vector<std::byte> bytes, Guid id) : bytes_(std::move(bytes)), id_(id) {}

  /// A sector of an entry; never straddles the end of the ring.
  Bytes sector(const VhdxLogEntry& entry, std::uint32_t index) const noexcept;
  vhdx_layout::LogDescriptor descriptor(const VhdxLogEntry& entry,
                                        std::uint32_t index) const noexcept;
  std::uint32_t checksum(const VhdxLogEntry& entry) const noexcept;
  bool descriptors_fit(const VhdxLogEntry& entry) const noexcept;

  std::vector<std::byte> bytes_;
  Guid id_;
};

}  // namespace casement
