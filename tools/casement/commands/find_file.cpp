// SPDX-License-Identifier: Apache-2.0
// From arguments to a node.
#include "tools/casement/commands/find_file.h"

#include <utility>

#include "tools/casement/commands/missing_path.h"
#include "tools/casement/messages.h"

namespace casement::cli {

std::optional<FoundFile> find_file(const ImageFiles& files, const FileOptions& file,
                                   FollowMode mode, ExitCode& code) {
  const std::u16string path = to_units(file.path);
  if (file.node) {
    auto found = files.find_node(NodeId{*file.node}, path.empty() ? path : path.substr(1));
    if (!found) {
      code = fail_with(found.error());
      return std::nullopt;
    }
    return std::move(found).take();
  }
  auto found = files.find(path, mode);
  if (!found) {
    code = fail_with(found.error());
    return std::nullopt;
  }
  if (!*found) {
    say_missing_path(files, path);
    code = ExitCode::failed;
  }
  return std::move(found).take();
}

}  // namespace casement::cli
