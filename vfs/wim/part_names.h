// SPDX-License-Identifier: Apache-2.0
// How the files of a split set are named: install.swm, install2.swm, install3.swm.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casement::wim {

/// Names of the parts of one set.
class PartNames {
 public:
  /// From the name of part `number`. A name that does not follow the numbering gives no others.
  static PartNames from(std::string_view name, std::uint16_t number);

  /// The names that part `number` may have, the usual one first.
  std::vector<std::string> of(std::uint16_t number) const;

 private:
  std::vector<std::string> stems_;
  std::string extension_;  // with its dot
};

/// Whether a file may be a part by its extension: that of `known`, or ".swm" with or without a
/// number. Without regard to case.
bool may_be_part(std::string_view name, std::string_view known);

}  // namespace casement::wim
