// SPDX-License-Identifier: Apache-2.0
// Volume selectors.
#include "tools/casement/commands/volume_choice.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

namespace casement::cli {
namespace {

constexpr std::size_t most_listed = 16;

std::optional<std::uint32_t> parse_index(std::string_view digits) {
  std::uint32_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number);
  if (digits.empty() || error != std::errc() || stopped != end) {
    return std::nullopt;
  }
  return number;
}

std::string describe(const Volume& volume) {
  const bool is_partition = volume.partition && !volume.nested_disk;
  std::string text =
      is_partition ? fmt::format("p{} {}", volume.partition->number, volume.partition->type_name)
                   : volume.name;
  const std::string content = volume.file_system ? volume.file_system->type_name() : volume.content;
  if (!content.empty()) {
    text += ", " + content;
  }
  return fmt::format("{} ({})", volume.index, text);
}

}  // namespace

Result<std::size_t> choose_volume(const OpenedImage& opened, std::string_view selector) {
  const bool by_partition = selector.starts_with('p') || selector.starts_with('P');
  const auto number = parse_index(selector.substr(by_partition ? 1 : 0));
  if (!number) {
    return fail(Status::invalid_argument,
                fmt::format("--volume \"{}\": expected the number of a volume, such as 2, or of a "
                            "partition, such as p3",
                            selector));
  }
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < opened.volumes.size(); ++i) {
    const Volume& volume = opened.volumes[i];
    const bool is_partition =
        !volume.nested_disk && volume.partition && volume.partition->number == *number;
    if (by_partition ? is_partition : volume.index == *number) {
      found.push_back(i);
    }
  }
  if (found.size() == 1) {
    return found.front();
  }
  return fail(Status::not_found,
              fmt::format("--volume {}: the image has {}; its volumes: {}", selector,
                          found.empty() ? "none of that number"
                                        : "several of that number, give the number of the volume",
                          opened.volumes.empty() ? "none" : list_volumes(opened)));
}

std::string list_volumes(const OpenedImage& opened) {
  std::string text;
  for (std::size_t i = 0; i < opened.volumes.size(); ++i) {
    text += i == 0 ? "" : ", ";
    if (i == most_listed) {
      return text + "...";
    }
    text += describe(opened.volumes[i]);
  }
  return text;
}

}  // namespace casement::cli
