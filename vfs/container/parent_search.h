// SPDX-License-Identifier: Apache-2.0
// Where the parent of a differencing disk may lie: paths that its child stores, made searchable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/container/container.h"

namespace casement {

/// Places to look for one parent, best first, each once. All are relative to the child's folder.
class ParentPaths {
 public:
  /// A path relative to the child, "..\base\win.vhd"; then its last component, because files that
  /// belong together are often put into one folder. An absolute path gives its last component only.
  void add_relative(std::string_view stored);

  /// "C:\Disks\win.vhd", "\\?\Volume{...}\win.vhd", "file:///disks/win.vhd": the last component.
  void add_absolute(std::string_view stored);

  const std::vector<std::string>& paths() const noexcept { return paths_; }

 private:
  void add(std::string path);

  std::vector<std::string> paths_;
};

/// The file at `path` as the next one of the child's chain; nullopt: there is none.
/// limit_exceeded: the chain is as long as it may be, as it is when it loops.
Result<std::optional<ContainerFile>> find_parent_file(const ContainerFile& child,
                                                      const std::string& path,
                                                      const Limits& limits);

/// not_found: says which file `child` wants and where it was looked for. `wanted` describes the
/// parent: "the VHD with id 9dea862c-...".
Error missing_parent(const ContainerFile& child, const std::string& wanted,
                     const ParentPaths& searched);

/// Takes over what a parent reported: its files and findings, marked with its name.
void adopt_parent_report(OpenedContainer& child, const ContainerFile& file,
                         const OpenedContainer& parent);

}  // namespace casement
