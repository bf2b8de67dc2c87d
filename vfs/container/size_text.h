// SPDX-License-Identifier: Apache-2.0
// Sizes in the one-line descriptions of disks.
#pragma once

#include <cstdint>
#include <string>

namespace casement {

/// "127 GiB", "2 MiB", "10.5 GiB", "104448 bytes": one decimal, in the largest unit that the value
/// reaches; sizes below 1 MiB that are no whole KiB in bytes.
std::string size_text(std::uint64_t bytes);

}  // namespace casement
