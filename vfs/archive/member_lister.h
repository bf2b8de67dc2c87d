// SPDX-License-Identifier: Apache-2.0
// Members of whatever format, one after the other, into the list and the tree of an archive.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/archive/archive_member.h"
#include "vfs/archive/archive_options.h"
#include "vfs/archive/archive_tree.h"
#include "vfs/archive/entry_header.h"
#include "vfs/archive/tree_builder.h"
#include "vfs/core/result.h"
#include "vfs/core/unique_findings.h"

namespace casement {

/// What an archive holds.
struct ArchiveIndex {
  ArchiveTree tree;
  std::vector<ArchiveMember> members;  // in the order of the archive
  std::string format;                  // "GNU tar format, gzip"
  bool incomplete = false;             // the archive counts more of them
};

/// One member, before its path is looked at.
struct ListedMember {
  std::u16string path;
  EntryKind kind = EntryKind::file;
  NodeInfo info;               // attributes and times; the rest is filled in by kind
  ArchiveMember member;        // of a file; of a symlink whose target is its content
  std::string target;          // of a symlink, when it is known; bytes
  std::u16string link_target;  // of a hard link
  std::uint64_t place = 0;     // for findings: its ordinal or offset
};

/// Paths that lead nowhere, special files and what else has no place in a tree are left out with a
/// finding.
class MemberLister {
 public:
  /// Both must outlive the lister.
  MemberLister(const ArchiveOptions& options, UniqueFindings& findings)
      : options_(options), findings_(findings), builder_(options, findings) {}

  /// limit_exceeded: the archive holds more than the options allow; what was added stays.
  Result<void> add(ListedMember listed);

  std::size_t member_count() const noexcept { return members_.size(); }
  /// To complete what was added. Precondition: index < member_count().
  ArchiveMember& member(std::size_t index) { return members_[index]; }

  ArchiveIndex finish(std::string format) &&;

 private:
  bool accept_path(const std::u16string& text, std::uint64_t place, EntryPath& path);
  void report_form(const EntryPath& path, const std::u16string& text);
  Result<void> add_file(const EntryPath& path, ListedMember& listed);
  Result<void> add_symlink(const EntryPath& path, ListedMember& listed);
  Result<void> add_hard_link(const EntryPath& path, const ListedMember& listed);

  const ArchiveOptions& options_;
  UniqueFindings& findings_;
  TreeBuilder builder_;
  std::vector<ArchiveMember> members_;
};

}  // namespace casement
