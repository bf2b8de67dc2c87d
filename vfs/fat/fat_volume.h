// SPDX-License-Identifier: Apache-2.0
// An opened FAT volume: geometry, the table of clusters, and what directories and files are made
// of.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/fat/geometry.h"
#include "vfs/fat/node.h"
#include "vfs/source/cluster/cluster_table.h"
#include "vfs/source/cluster/record_cursor.h"

namespace casement {

/// The slots of one directory.
struct FatDirectory {
  std::vector<ByteRun> runs;
  /// Why slots are missing behind the last run.
  std::optional<Error> broken;
  std::string name;      // for messages
  bool is_root = false;  // has no "." and ".."
  bool deleted = false;
};

/// What the readers of one volume share. Thread-safe.
class FatVolume {
 public:
  /// bad_format, corrupt, truncated: see open_fat().
  static Result<std::shared_ptr<const FatVolume>> open(SourcePtr source, const Limits& limits);

  const SourcePtr& source() const noexcept { return source_; }
  const Limits& limits() const noexcept { return limits_; }
  const FatGeometry& geometry() const noexcept { return geometry_; }
  const ClusterTable& table() const noexcept { return *table_; }
  /// For directories.
  const PieceCachePtr& pieces() const noexcept { return pieces_; }
  UniqueFindings& findings() const noexcept { return findings_; }
  const std::u16string& label() const noexcept { return label_; }
  bool dirty() const noexcept { return dirty_; }

  /// The slot of a node. invalid_argument: there is no such slot. Precondition: not the root.
  Result<FatNode> node(NodeId id) const;
  FatDirectory root() const;
  /// not_a_directory. corrupt: no cluster of it can be found.
  Result<FatDirectory> directory(const FatNode& node) const;
  /// The bytes of a file, as many as its size says; those that no cluster holds fail when read.
  SourcePtr content(const FatNode& node) const;

 private:
  FatVolume(SourcePtr source, const Limits& limits);
  void choose_table();
  void read_state();
  void read_label();
  bool is_slot(std::uint64_t offset) const noexcept;
  Result<FatDirectory> deleted_directory(const FatNode& node) const;

  SourcePtr source_;
  Limits limits_;
  mutable UniqueFindings findings_;
  FatGeometry geometry_;
  PieceCachePtr pieces_;
  std::optional<ClusterTable> table_;
  std::u16string label_;
  bool dirty_ = false;
};

using FatVolumePtr = std::shared_ptr<const FatVolume>;

}  // namespace casement
