// SPDX-License-Identifier: Apache-2.0
// Which edition an installation is, and which it can become.
#pragma once

#include <string>
#include <vector>

#include "engine/inspect/fact.h"
#include "engine/inspect/packages.h"

namespace casement {

struct Editions {
  MaybeFact<std::u16string> current;  // "Professional"
  std::vector<Fact<std::u16string>> targets;
  bool windows_pe = false;  // it has no editions: DISM refuses the question
  Diagnostics diagnostics;
};

/// The current one by its installed edition package, else EditionID. Targets are staged edition
/// packages, restricted by the matrices below servicing\Editions where there are any.
Editions read_editions(const PackageStore& store);

}  // namespace casement
