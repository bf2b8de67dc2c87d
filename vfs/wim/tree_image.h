// SPDX-License-Identifier: Apache-2.0
// What everything that reads the tree of one image shares.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/core/unique_findings.h"
#include "vfs/fs/file_system.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/metadata_view.h"
#include "vfs/wim/security_table.h"
#include "vfs/wim/tree_index.h"
#include "vfs/wim/tree_links.h"
#include "vfs/wim/wim_file_system.h"

namespace casement::wim {

/// Thread-safe. Nodes are named by the offset of their entry in the metadata.
class TreeImage {
 public:
  /// Errors: as open_image_tree(). `parts.blobs` may be null when no file is asked for.
  static Result<std::shared_ptr<const TreeImage>> open(ImageParts parts, const Limits& limits);

  const ImageParts& parts() const noexcept { return parts_; }
  const Limits& limits() const noexcept { return limits_; }
  const SecurityTable& security() const noexcept { return security_; }
  UniqueFindings& findings() const noexcept { return findings_; }
  const Dentry& root() const noexcept { return root_; }

  /// The entry of a node. invalid_argument: there is none. Other errors: as read_dentry().
  Result<Dentry> dentry(MetadataView& view, NodeId node) const;

  /// Of the entry in `dir`; the names are in `text`. Errors: as DirectoryIndex::find().
  Result<std::optional<Dentry>> find(const Dentry& dir, std::u16string_view name,
                                     DentryText& text) const;

  /// Reads all metadata when it is called for the first time, and never again.
  const LinkCounts& links() const;
  /// The same by a view that has the metadata already.
  const LinkCounts& links(MetadataView& view) const;

 private:
  TreeImage(ImageParts parts, const Limits& limits, SecurityTable security, const Dentry& root);

  ImageParts parts_;
  Limits limits_;
  SecurityTable security_;
  Dentry root_;
  mutable UniqueFindings findings_;
  mutable DirectoryIndexCache indexes_;
  mutable std::once_flag links_once_;
  mutable LinkCounts links_;
};

using TreeImagePtr = std::shared_ptr<const TreeImage>;

}  // namespace casement::wim
