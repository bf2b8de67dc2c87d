// SPDX-License-Identifier: Apache-2.0
// The target of a reparse point as steps that a path walk can take.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/path.h"
#include "vfs/fs/reparse.h"

namespace casement {

/// One component to come.
struct PathStep {
  bool up = false;      // ".."; the names are empty then
  std::u16string name;  // see PathComponent
  std::u16string raw;

  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// A target seen from the directory that holds the link, or from the root of its volume.
struct RelativeTarget {
  bool from_root = false;
  std::vector<PathStep> steps;
};

/// A ParsedPath names its volume, or is Unresolvable.
using LinkTarget = std::variant<RelativeTarget, ParsedPath>;

/// corrupt: an absolute target that names no volume, or is no path. limit_exceeded: more than
/// Limits::max_path_depth components.
Result<LinkTarget> parse_link_target(const ReparseTarget& target, const Limits& limits);

}  // namespace casement
