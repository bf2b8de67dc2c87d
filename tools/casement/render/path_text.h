// SPDX-License-Identifier: Apache-2.0
// The full paths of a walk, each directory transcoded once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/casement/render/list_writer.h"

namespace casement::cli {

/// Paths below one directory, in the order of a VolumeScan: an entry of depth n lies in the last
/// directory of depth n - 1. Belongs to one thread.
class PathText {
 public:
  /// `start`: the full path of the directory that depth 1 lies in, "C:\" or "\Windows".
  PathText(std::u16string_view start, Escaping escaping);

  /// The path of an entry, valid until the next call. A depth that leaves out a level is taken as
  /// the deepest that there is.
  ListedPath enter(std::uint32_t depth, std::u16string_view name, bool is_directory);

  /// The same for an entry whose directory is gone: "?\name". What comes after it, deeper, lies in
  /// it.
  ListedPath enter_orphan(std::u16string_view name, bool is_directory);

 private:
  ListedPath append(std::u16string_view name, bool is_directory);

  Escaping escaping_;
  std::string start_;
  std::string text_;
  bool below_orphan_ = false;
  std::vector<std::size_t> ends_;  // of the paths of the open directories, from depth 0
};

}  // namespace casement::cli
