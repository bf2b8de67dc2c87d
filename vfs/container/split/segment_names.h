// SPDX-License-Identifier: Apache-2.0
// Names of the segments of split images.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casement {

/// A name in which a counter tells segments apart.
class SegmentName {
 public:
  /// "disk.001", "disk.dd.001", "disk.raw.000", "image-00001" (digits: two or more after a dot,
  /// three or more after a dash), "disk.aa" (two to four letters of one case). nullopt: another
  /// name.
  static std::optional<SegmentName> parse(std::string_view name);

  /// What the counter is: 1 for ".001", 0 for ".aa", 27 for ".bb".
  std::uint64_t index() const noexcept { return index_; }

  /// The counter begins with its zero: "003", "aac", not "2023" or "vhd". Names that count nothing
  /// hardly ever do.
  bool is_padded() const noexcept { return padded_; }

  /// Counters with which a set can begin: 0 and 1 for digits (a set that begins with 0 has a 1,
  /// too, so that 0 comes first), 0 for letters.
  std::vector<std::uint64_t> first_indexes() const;

  /// The name of another segment. nullopt: letters run out. Digits grow: ".1000" follows ".999".
  std::optional<std::string> at(std::uint64_t index) const;

 private:
  std::string stem_;  // with the dot or dash
  std::uint64_t index_ = 0;
  std::size_t width_ = 0;
  bool padded_ = false;
  char first_letter_ = '\0';  // 'a' or 'A'; NUL: digits
};

}  // namespace casement
