// SPDX-License-Identifier: Apache-2.0
// The text that names an image: a host path, a selector, an image inside.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

/// "#p3": partition 3.
struct PartitionSelector {
  std::uint32_t number = 0;
};

/// One file on the way in, with what is chosen of its content.
struct ImageStep {
  std::string path;  // of the host for the first step, else inside the volume before it
  std::optional<PartitionSelector> partition;
};

/// "disk.vhdx#p3!/images/child.vhdx#p1". A host file whose name holds '#' or '!' is never hidden:
/// `exists` is asked for the longest host path first. invalid_argument: a selector of no known
/// form; the message says which there are.
Result<std::vector<ImageStep>> parse_image_path(
    std::string_view text, const std::function<bool(const std::string&)>& exists);

}  // namespace casement
