// SPDX-License-Identifier: Apache-2.0
// A property that a package or a feature declares beside what every one has.
#pragma once

#include <string>

namespace casement {

/// An attribute or the text of an element below customInformation. DISM prints it as `path\name`.
struct CustomProperty {
  std::u16string path;  // of elements: "ServerComponent\Deploys\Update"; empty: of the outermost
  std::u16string name;
  std::u16string value;
};

}  // namespace casement
