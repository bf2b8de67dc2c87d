// SPDX-License-Identifier: Apache-2.0
// Optional real images and hives: CASEMENT_REAL_DATA, by default ../shared/data beside the source.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"

namespace casement::test {

/// The folder, or nullopt where there is none.
std::optional<std::string> real_data_dir();

/// Use as `if (!have_real_data()) return;`: prints that the running test is skipped when the folder
/// is absent. Set CASEMENT_REQUIRE_REAL_DATA=1 to fail instead.
bool have_real_data();

/// The path of one item. `.xz` and `.gz` items are given by their stored name and are expanded once
/// into a cache directory of this process. Fails the test when the item is not there.
std::string real_file(const std::string& relative);

/// The same as a source, and as bytes.
SourcePtr real_source(const std::string& relative);
std::vector<std::byte> real_bytes(const std::string& relative);

}  // namespace casement::test
