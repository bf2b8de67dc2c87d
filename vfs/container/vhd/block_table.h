// SPDX-License-Identifier: Apache-2.0
// The block allocation table of a VHD.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "vfs/container/vhd/dynamic_header.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"

namespace casement {

/// Where each block of the disk lies. Entries are not checked against the file's size: a read is.
class VhdBlockTable {
 public:
  /// Reads the entries that a disk of `disk_size` bytes needs. A table that is too short, or is cut
  /// off by the end of the file, gives an error finding: the blocks without an entry are
  /// unreadable. limit_exceeded: larger than Limits::max_table_size. corrupt: no entry at all.
  static Result<VhdBlockTable> read(const ByteSource& source, const VhdDynamicHeader& header,
                                    std::uint64_t disk_size, const Limits& limits,
                                    Diagnostics& diagnostics);

  std::uint64_t size() const noexcept { return sectors_.size(); }

  /// File offset of the block's bitmap, which its data follows; nullopt: the block is absent.
  /// Precondition: block < size().
  std::optional<std::uint64_t> find(std::uint64_t block) const noexcept;

  /// Blocks that are there.
  std::uint64_t present_count() const noexcept;

 private:
  explicit VhdBlockTable(std::vector<be32> sectors) : sectors_(std::move(sectors)) {}

  std::vector<be32> sectors_;
};

}  // namespace casement
