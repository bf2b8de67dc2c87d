// SPDX-License-Identifier: Apache-2.0
// The host file in the text that names an image.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace casement {

/// "/images/install.wim#2" cut behind the file: `path` and `rest` joined are the text.
struct ImageText {
  std::string path;  // of the host: "/images/install.wim"
  std::string rest;  // selector and inner steps: "#2", "#p3!/vm/child.vhdx"; empty: none

  friend bool operator==(const ImageText&, const ImageText&) = default;
};

/// The longest beginning that `exists` and that ends where a selector ('#') or an inner path ("!/")
/// could begin. When nothing of it exists any more, what its form tells: everything before "!/",
/// and before a '#' in the last component.
ImageText split_image_text(std::string_view text,
                           const std::function<bool(const std::string&)>& exists);
/// The same, asking the host.
ImageText split_image_text(std::string_view text);

/// N of a text that ends in "#N"; 1 for any other, as for a disk.
std::uint32_t index_in_image_text(std::string_view text);

}  // namespace casement
