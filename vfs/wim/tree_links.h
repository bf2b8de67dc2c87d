// SPDX-License-Identifier: Apache-2.0
// How many names each hard-linked file of an image has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vfs/core/digest.h"
#include "vfs/wim/dentry.h"
#include "vfs/wim/metadata_view.h"

namespace casement::wim {

/// Lists of entries that a pass has begun with, one bit for 8 bytes of metadata. No list is
/// smaller, so two that are not the same have the same bit only when they overlap.
class VisitedLists {
 public:
  explicit VisitedLists(std::uint64_t metadata_size)
      : bits_(static_cast<std::size_t>(metadata_size / metadata_layout::alignment) + 1) {}

  /// False: it was visited before. Lists beyond the metadata are all the same one.
  bool add(std::uint64_t begin);

 private:
  std::vector<bool> bits_;
};

/// Names by file. Two names are of the same file when they have the same group and the same
/// content: Windows asks for both, because some tools gave one group to several files. Immutable
/// but for add().
class LinkCounts {
 public:
  /// Goes through all entries once, in the order in which they lie. What is damaged is left out,
  /// and so are the names in it; names that readers refuse are counted.
  static LinkCounts count(MetadataView& view, std::uint64_t root_list);

  void add(std::uint64_t group, const Sha1& content);

  /// 1 when there is no such file. Precondition: `group` is not 0.
  std::uint32_t find(std::uint64_t group, const Sha1& content) const;

 private:
  struct Slot {
    std::uint64_t group = 0;  // 0: free
    std::uint64_t content = 0;
    std::uint32_t count = 0;
  };

  /// Its slot, or the free one where it belongs. Precondition: there is a free slot.
  std::size_t place(std::uint64_t group, std::uint64_t content) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half used
  std::size_t used_ = 0;
};

}  // namespace casement::wim
