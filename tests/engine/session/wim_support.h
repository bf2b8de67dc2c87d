// SPDX-License-Identifier: Apache-2.0
// WIMs with small Windows installations in them.
#pragma once

#include <string>

#include "fixtures/build/tree_writer.h"
#include "fixtures/build/wim/wim_builder.h"

namespace casement::test {

/// The files of `tree` in an image.
void add_tree(const fixture::WimImage& image, const fixture::Tree& tree);

/// As Setup's WIMs: image 1 "Windows 11 Home" (Core), image 2 "Windows 11 Pro" (Professional), each
/// with a small Windows; image 2 is the boot image.
fixture::WimBuilder two_editions(fixture::WimOptions options = {});

}  // namespace casement::test
