// SPDX-License-Identifier: Apache-2.0
// The disk inside a VDI.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "vfs/container/piece_reader.h"
#include "vfs/container/vdi/vdi_header.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/endian.h"

namespace casement {

/// Reading a present block is one read of the file; blocks that lie one after another become one
/// read. Thread-safe.
class VdiSource final : public ByteSource {
 public:
  /// Reads the block map. `parent`: nullptr when there is none. Precondition: `header` was read
  /// from `file`.
  static Result<SourcePtr> open(const VdiHeader& header, SourcePtr file, SourcePtr parent);

  std::uint64_t size() const noexcept override { return header_.disk_size; }
  std::string describe() const override { return file_->describe() + " / disk"; }

 private:
  VdiSource(const VdiHeader& header, SourcePtr file, SourcePtr parent, std::vector<le32> map)
      : header_(header), file_(std::move(file)), parent_(std::move(parent)), map_(std::move(map)) {}

  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override;
  Piece find(std::uint64_t offset, std::uint64_t wanted) const noexcept;

  VdiHeader header_;
  SourcePtr file_;
  SourcePtr parent_;
  std::vector<le32> map_;  // header_.block_count entries
};

}  // namespace casement
