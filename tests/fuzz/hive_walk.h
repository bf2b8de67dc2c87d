// SPDX-License-Identifier: Apache-2.0
// Reads everything that a hive offers; shared by the hive targets.
#pragma once

#include "engine/hive/hive.h"
#include "engine/hive/key_walker.h"

namespace casement::fuzz {

inline void read_values(const Key& key) {
  ValueReader values = key.values();
  while (true) {
    const auto value = values.next();
    if (value && !*value) {
      return;
    }
    if (value) {
      (void)(*value)->data();
      (void)(*value)->as_strings();
    }
  }
}

inline void walk(const Hive& hive) {
  const auto root = hive.root();
  if (!root) {
    return;
  }
  KeyWalker walker(*root);
  while (true) {
    const auto visit = walker.next();
    if (visit && !*visit) {
      break;
    }
    if (visit) {
      (void)(*visit)->key.class_name();
      (void)(*visit)->key.security_descriptor();
      read_values((*visit)->key);
    }
  }
  (void)hive.find(u"Software\\Key");
}

}  // namespace casement::fuzz
