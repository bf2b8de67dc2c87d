// SPDX-License-Identifier: Apache-2.0
// An opened ISO 9660 volume: the tree that is read, and what its nodes are made of.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/fs/dir_listing.h"
#include "vfs/iso9660/directory_record.h"
#include "vfs/iso9660/iso9660_descriptors.h"
#include "vfs/iso9660/rock_ridge.h"
#include "vfs/source/cluster/piece_cache.h"

namespace casement {

/// One extent of a file.
struct Iso9660Section {
  std::uint64_t offset = 0;  // on the volume
  std::uint32_t size = 0;
};

/// A file or directory; its id is the offset of its (first) record on the volume.
struct Iso9660Node {
  std::uint64_t offset = 0;
  std::u16string name;
  bool directory = false;
  bool hidden = false;
  bool associated = false;  // a resource fork, or the like, of the file of the same name
  bool relocated = false;   // see RockRidge
  bool special = false;     // "." or ".."
  std::vector<Iso9660Section> sections;
  /// Why open() refuses.
  std::optional<Error> unreadable;
  FileTime created;
  FileTime modified;
  FileTime accessed;
  FileTime changed;
  /// Where the next record may begin.
  std::uint64_t end = 0;
  /// The same if the (first) record had no system use field.
  std::uint64_t least_end = 0;

  std::uint64_t size() const noexcept;
};

/// Thread-safe.
class Iso9660Volume {
 public:
  /// Continuations of system use fields that one record may have.
  static constexpr std::uint64_t max_continuations = 32;

  /// bad_format, corrupt, truncated: see open_iso9660().
  static Result<std::shared_ptr<const Iso9660Volume>> open(SourcePtr source, const Limits& limits);

  const SourcePtr& source() const noexcept { return pieces_->source(); }
  const Limits& limits() const noexcept { return limits_; }
  const Iso9660Descriptors& descriptors() const noexcept { return descriptors_; }
  /// The tree that is read, and whose names are given.
  const Iso9660Tree& tree() const noexcept { return tree_; }
  UniqueFindings& findings() const noexcept { return findings_; }
  PieceReader reader() const { return PieceReader(pieces_); }

  /// The node of a record. invalid_argument: no record can begin there. corrupt: it is damaged.
  Result<Iso9660Node> node(NodeId id) const;
  /// not_a_directory.
  Result<DirListingPtr> directory(NodeId id) const;
  /// The bytes of all sections. unsupported: interleaved, compressed, or on another medium.
  Result<SourcePtr> content(const Iso9660Node& node) const;

  /// The record at `offset` with all records of further extents that follow it before `end`.
  /// `continuations`: how many more fields outside of their records may be read.
  Result<Iso9660Node> read_node(PieceReader& reader, std::uint64_t offset, std::uint64_t end,
                                std::uint64_t& continuations) const;

 private:
  Iso9660Volume(SourcePtr source, const Limits& limits);
  void choose_tree(bool with_joliet);
  Result<void> check_root() const;
  void take_rock_ridge(const DirectoryRecord& record, Iso9660Node& node,
                       std::uint64_t& continuations) const;
  void link_child(std::uint32_t block, Iso9660Node& node) const;
  void check_record(const DirectoryRecord& record, Iso9660Node& node) const;
  std::u16string name_of(const DirectoryRecord& record) const;
  void add_sections(PieceReader& reader, const std::vector<std::byte>& name, std::uint64_t end,
                    Iso9660Node& node) const;

  Limits limits_;
  mutable UniqueFindings findings_;
  PieceCachePtr pieces_;
  Iso9660Descriptors descriptors_;
  Iso9660Tree tree_;
  std::size_t use_skip_ = 0;  // see find_rock_ridge()
  mutable DirListingCache listings_;
};

using Iso9660VolumePtr = std::shared_ptr<const Iso9660Volume>;

}  // namespace casement
