// SPDX-License-Identifier: Apache-2.0
// An opened exFAT volume: geometry, tables, and what directories and files are made of.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/exfat/geometry.h"
#include "vfs/exfat/node.h"
#include "vfs/exfat/upcase_table.h"
#include "vfs/source/cluster/cluster_table.h"
#include "vfs/source/cluster/record_cursor.h"

namespace casement {

/// The slots of one directory.
struct ExfatDirectory {
  std::vector<ByteRun> runs;
  /// Why slots are missing behind the last run.
  std::optional<Error> broken;
  std::string name;  // for messages
  bool contiguous = false;
  bool deleted = false;
};

/// What the readers of one volume share. Thread-safe.
class ExfatVolume {
 public:
  /// bad_format, unsupported, corrupt, truncated: see open_exfat().
  static Result<std::shared_ptr<const ExfatVolume>> open(SourcePtr source, const Limits& limits);

  const SourcePtr& source() const noexcept { return source_; }
  const Limits& limits() const noexcept { return limits_; }
  const ExfatGeometry& geometry() const noexcept { return geometry_; }
  const ClusterTable& table() const noexcept { return *table_; }
  /// For directories.
  const PieceCachePtr& pieces() const noexcept { return pieces_; }
  UniqueFindings& findings() const noexcept { return findings_; }
  const std::u16string& label() const noexcept { return label_; }
  const std::optional<Guid>& guid() const noexcept { return guid_; }
  const ExfatUpcaseTable& upcase() const noexcept { return upcase_; }

  /// By the allocation bitmap; nullopt when it cannot say.
  std::optional<bool> is_allocated(std::uint32_t cluster) const;

  /// The set of a node. invalid_argument: there is no such set. Precondition: not the root.
  Result<ExfatNode> node(NodeId id) const;
  ExfatDirectory root() const;
  /// not_a_directory. corrupt: no cluster of it can be found.
  Result<ExfatDirectory> directory(const ExfatNode& node) const;
  /// The bytes of a file, as many as its size says; those that no cluster holds fail when read. A
  /// deleted file whose clusters are in use again is the finding "clusters-reallocated".
  SourcePtr content(const ExfatNode& node) const;

 private:
  ExfatVolume(SourcePtr source, const Limits& limits);
  Result<void> read_root();
  void read_root_slot(Bytes slot, std::optional<exfat_layout::TableSlot>& upcase_slot);
  void read_upcase_table(const std::optional<exfat_layout::TableSlot>& slot);
  void read_bitmap(const exfat_layout::TableSlot& slot);
  /// The clusters of `size` bytes from `first` on.
  ClusterChainPtr clusters(std::uint32_t first, std::uint64_t size, bool has_fat_chain) const;
  void report_reallocated(const ExfatNode& node, const ClusterChain& chain) const;
  SourcePtr table_source(const exfat_layout::TableSlot& slot, const char* what) const;
  Result<Bytes> second_slot(PieceReader& reader, const ExfatNodePlace& place) const;

  SourcePtr source_;
  Limits limits_;
  mutable UniqueFindings findings_;
  ExfatGeometry geometry_;
  PieceCachePtr pieces_;
  std::optional<ClusterTable> table_;
  std::u16string label_;
  std::optional<Guid> guid_;
  ExfatUpcaseTable upcase_;
  SourcePtr bitmap_;
};

using ExfatVolumePtr = std::shared_ptr<const ExfatVolume>;

}  // namespace casement
