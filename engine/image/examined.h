// SPDX-License-Identifier: Apache-2.0
// One candidate with everything that was learnt about it while opening the image.
#pragma once

#include <memory>

#include "engine/image/facts.h"
#include "engine/image/hive_set.h"
#include "engine/image/installation.h"
#include "engine/image/letter_resolver.h"

namespace casement {

struct Examined {
  Installation installation;
  InstallationFacts facts;
  std::shared_ptr<const HiveSet> hives;
  ResolvedLetters letters;
};

}  // namespace casement
