// SPDX-License-Identifier: Apache-2.0
// The disk images that the cases in cases/ speak of.
#pragma once

#include <filesystem>

namespace casement::test {

/// windows.vhdx, data.vhdx, data.raw, damaged.raw, text.raw.
void write_cli_disks(const std::filesystem::path& directory);

}  // namespace casement::test
