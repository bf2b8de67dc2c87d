// SPDX-License-Identifier: Apache-2.0
// An opened UDF volume: its partitions, its root, and what its entries are made of.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/fs/dir_listing.h"
#include "vfs/udf/udf_anchor.h"
#include "vfs/udf/udf_descriptors.h"
#include "vfs/udf/udf_directory.h"
#include "vfs/udf/udf_entry.h"
#include "vfs/udf/udf_space.h"

namespace casement {

/// Thread-safe.
class UdfVolume {
 public:
  /// bad_format, unsupported, corrupt, truncated: see open_udf().
  static Result<std::shared_ptr<const UdfVolume>> open(SourcePtr source, const Limits& limits);

  const SourcePtr& source() const noexcept { return space_.volume(); }
  const UdfAnchor& anchor() const noexcept { return anchor_; }
  const UdfDescriptors& descriptors() const noexcept { return descriptors_; }
  const UdfSpace& space() const noexcept { return space_; }
  UniqueFindings& findings() const noexcept { return *findings_; }
  UdfPlace root() const noexcept { return root_; }
  bool is_being_written() const noexcept { return being_written_; }
  /// The number that Windows shows for the volume: four sums over the file set descriptor.
  std::uint32_t serial() const noexcept { return serial_; }

  /// The entry of a node. corrupt: there is none, or it is damaged.
  Result<UdfEntry> entry(NodeId node) const;
  /// not_a_directory.
  Result<DirListingPtr> directory(NodeId node) const;
  /// The named streams of a node; null when it has none.
  Result<DirListingPtr> streams(const UdfEntry& entry) const;
  Result<SourcePtr> content(const UdfEntry& entry) const;

 private:
  UdfVolume(UdfSpace space, const Limits& limits, std::unique_ptr<UniqueFindings> findings);
  Result<void> read_file_set();

  Limits limits_;
  std::unique_ptr<UniqueFindings> findings_;
  UdfAnchor anchor_;
  UdfDescriptors descriptors_;
  UdfSpace space_;
  UdfPlace root_;
  std::uint32_t serial_ = 0;
  bool being_written_ = false;
  mutable DirListingCache listings_;
};

using UdfVolumePtr = std::shared_ptr<const UdfVolume>;

}  // namespace casement
