// SPDX-License-Identifier: Apache-2.0
// Looking up the names of an archive.
#include "vfs/archive/archive_tree.h"

#include <algorithm>

#include "vfs/core/upcase.h"

namespace casement {

const ArchiveNode* ArchiveTree::node(NodeId id) const noexcept {
  return id.value < nodes_.size() ? &nodes_[id.value] : nullptr;
}

std::span<const std::uint32_t> ArchiveTree::children(std::uint32_t directory) const noexcept {
  const std::uint32_t first = first_child_[directory];
  return std::span(in_order_).subspan(first, first_child_[directory + 1] - first);
}

ArchiveTree::Match ArchiveTree::find(std::uint32_t directory, std::u16string_view name) const {
  const std::uint32_t begin = first_child_[directory];
  const auto range = std::span(by_name_).subspan(begin, first_child_[directory + 1] - begin);
  const auto first = std::lower_bound(range.begin(), range.end(), name,
                                      [&](std::uint32_t index, std::u16string_view wanted) {
                                        return compare_folded(names_[index].name, wanted) < 0;
                                      });
  const auto last = std::find_if(first, range.end(), [&](std::uint32_t index) {
    return !equals_folded(names_[index].name, name);
  });
  if (first == last) {
    return {};
  }
  const auto exact =
      std::find_if(first, last, [&](std::uint32_t index) { return names_[index].name == name; });
  if (exact != last) {
    return {&names_[*exact], 0};
  }
  return {&names_[*first], static_cast<std::size_t>(last - first) - 1};
}

const std::string* ArchiveTree::target(std::uint32_t node) const noexcept {
  const auto found = targets_.find(node);
  return found == targets_.end() ? nullptr : &found->second;
}

std::u16string ArchiveTree::path_of(std::uint32_t node) const {
  std::u16string path;
  while (node < name_of_.size() && name_of_[node]) {
    const ArchiveName& name = names_[*name_of_[node]];
    path.insert(0, u'\\' + name.name);
    node = name.parent;
  }
  return path.empty() ? u"\\" : path;
}

}  // namespace casement
