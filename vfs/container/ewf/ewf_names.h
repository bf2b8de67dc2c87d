// SPDX-License-Identifier: Apache-2.0
// Names of the segments of an EWF image.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casement {

/// "image.E01" to "image.E99", then "image.EAA" to "image.EZZ", "image.FAA" to "image.ZZZ"; the
/// same in lower case, and from "s01" on for SMART.
class EwfSegmentName {
 public:
  /// The name of segment `number` of a set. nullopt: the name does not say this number.
  static std::optional<EwfSegmentName> parse(std::string_view name, std::uint32_t number);

  /// The name of another segment (the first is 1). nullopt: letters run out.
  std::optional<std::string> at(std::uint32_t number) const;

 private:
  EwfSegmentName(std::string_view stem, char first, bool lower)
      : stem_(stem), first_(first), lower_(lower) {}

  std::string stem_;  // with the dot
  char first_;        // 'E' or 'S', with which the set begins
  bool lower_;
};

}  // namespace casement
