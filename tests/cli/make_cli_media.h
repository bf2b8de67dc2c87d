// SPDX-License-Identifier: Apache-2.0
// The WIMs and media that the cases in cases/ speak of.
#pragma once

#include <filesystem>

namespace casement::test {

/// install.wim (two editions), damaged.wim (one file's content is another), media.iso.
void write_cli_media(const std::filesystem::path& directory);

}  // namespace casement::test
