// SPDX-License-Identifier: Apache-2.0
// A small installation, and what is told of it.
#pragma once

#include "engine/inspect/identity.h"
#include "tests/engine/image/image_support.h"

namespace casement::test {

inline Identity identity_of(const fixture::Tree& tree) {
  return read_identity(*open_tree(tree));
}

/// A small installation whose CurrentVersion and Control can be changed.
struct SmallWindows {
  fixture::HiveBuilder system = small_system();
  fixture::HiveBuilder software = small_software();
  fixture::KeyBuilder current_version = software.key("Microsoft\\Windows NT\\CurrentVersion");
  fixture::KeyBuilder control = system.key("ControlSet001\\Control");

  fixture::Tree tree() const {
    fixture::Tree built;
    add_small_windows(built, "Windows", system, software);
    return built;
  }
  Identity identity() const { return identity_of(tree()); }
};

}  // namespace casement::test
