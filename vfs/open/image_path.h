// SPDX-License-Identifier: Apache-2.0
// The text that names an image: a host path, a selector, an image inside.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

/// "#p3": partition 3.
struct PartitionSelector {
  std::uint32_t number = 0;
};

/// "#2": image 2 of a WIM.
struct ImageIndexSelector {
  std::uint32_t index = 0;
};

/// "#Windows 11 Pro", or "#\"p3\"" where the name would read as one of the others.
struct ImageNameSelector {
  std::string name;
};

using ImageSelector = std::variant<PartitionSelector, ImageIndexSelector, ImageNameSelector>;

/// One file, with what is chosen of its content.
struct ImageStep {
  std::string path;
  std::optional<ImageSelector> selector;
};

/// "disk.vhdx#p3!/images/install.wim#2": a host file, then files inside. The inner texts are cut
/// with cut_selector() when the volume that they lie on is open.
struct ImagePath {
  ImageStep host;
  std::vector<std::string> inner;  // each begins with '/' or '\'
};

/// Whether there is a file or directory of that name.
using PathExists = std::function<bool(const std::string&)>;

/// Cuts at '#' and "!/". A host file whose name holds either is never hidden: `exists` is asked for
/// the longest path first. When nothing exists, the whole text is the host path that is missing.
/// invalid_argument: a selector of no known form; the message says which there are.
Result<ImagePath> parse_image_path(std::string_view text, const PathExists& exists);

/// Cuts a selector off a path, with the same care for names that hold '#'.
Result<ImageStep> cut_selector(std::string_view text, const PathExists& exists);

/// As it is written after a path: "#p3", "#2", "#Windows 11 Pro".
std::string to_string(const ImageSelector& selector);

}  // namespace casement
