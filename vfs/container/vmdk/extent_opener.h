// SPDX-License-Identifier: Apache-2.0
// From the extent lines of a descriptor to one disk.
#pragma once

#include <cstdint>
#include <vector>

#include "vfs/container/container.h"
#include "vfs/container/vmdk/descriptor.h"
#include "vfs/container/vmdk/sparse_extent.h"
#include "vfs/source/extent_source.h"

namespace casement {

/// Opens extents one after another; what is found goes into `disk`.
class VmdkExtentOpener {
 public:
  /// `parent`: nullptr when there is none.
  VmdkExtentOpener(const ContainerFile& file, const ContainerContext& context, SourcePtr parent,
                   OpenedContainer& disk)
      : file_(file),
        context_(context),
        parent_(std::move(parent)),
        disk_(disk),
        limits_(context.limits) {}

  /// The image file itself is one extent, already read; without a line it is as large as it says.
  Result<void> add_self(VmdkSparseExtent extent, const VmdkExtentLine* line);

  /// An extent in another file, or in none.
  Result<void> add(const VmdkExtentLine& line);

  /// The extents joined. Precondition: at least one was added.
  Result<SourcePtr> finish();

  /// "64 KiB grains, compressed", of the first sparse extent; empty without one.
  const std::string& grains() const noexcept { return grains_; }
  std::size_t count() const noexcept { return count_; }

 private:
  Result<void> add_flat(const VmdkExtentLine& line);
  Result<void> add_sparse(const VmdkExtentLine& line);
  Result<void> add_sparse_source(const SourcePtr& source, VmdkSparseExtent extent,
                                 std::uint64_t size);
  void add_zeros(std::uint64_t size);
  std::string name_extent(const VmdkExtentLine& line) const;

  const ContainerFile& file_;
  const ContainerContext& context_;
  SourcePtr parent_;
  OpenedContainer& disk_;
  /// max_table_size is what is left of it: many extents may name one file with a large directory.
  Limits limits_;
  std::vector<SourceExtent> extents_;
  std::uint64_t size_ = 0;  // bytes so far
  std::size_t count_ = 0;
  std::string grains_;
};

}  // namespace casement
