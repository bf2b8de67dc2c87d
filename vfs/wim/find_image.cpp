// SPDX-License-Identifier: Apache-2.0
// An image by what people call it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {
namespace {

/// What an image is called, one kind of name after the other: the first kind that fits counts.
std::vector<std::string_view> names_of(const ImageClaims& image, int kind) {
  switch (kind) {
    case 0:
      return {image.name};
    case 1:
      return {image.display_name};
    default:
      break;
  }
  std::vector<std::string_view> names = {image.flags};
  if (image.windows) {
    names.emplace_back(image.windows->edition_id);
  }
  return names;
}

constexpr int name_kinds = 3;

}  // namespace

Result<std::optional<std::uint32_t>> find_image(const WimFile& file, std::string_view name) {
  if (name.empty()) {
    return std::optional<std::uint32_t>();
  }
  const auto folded = [](std::string_view text) {
    return upcase(from_utf8(text).value_or(std::u16string()));
  };
  const auto wanted = folded(name);
  for (int kind = 0; kind < name_kinds; ++kind) {
    for (const bool exact : {true, false}) {
      std::vector<std::uint32_t> found;
      for (const ImageClaims& image : file.images()) {
        for (const std::string_view one : names_of(image, kind)) {
          if (exact ? one == name : !one.empty() && folded(one) == wanted) {
            found.push_back(image.index);
            break;
          }
        }
      }
      if (found.size() == 1) {
        return found.front();
      }
      if (!found.empty()) {
        return fail(Status::invalid_argument, fmt::format("several images are called \"{}\": {}",
                                                          name, fmt::join(found, ", ")));
      }
    }
  }
  return std::optional<std::uint32_t>();
}

}  // namespace casement::wim
