// SPDX-License-Identifier: Apache-2.0
// Numbers of knowledge base articles in names and texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/servicing/package_manifest.h"

namespace casement {

/// "KB976902" for "Package_for_kb976902_SP1~...": the first "KB" that begins a word and has five to
/// eight digits behind it, in capitals.
std::optional<std::u16string> knowledge_base_in(std::u16string_view text);

/// The numbers of a package, each once: of its name and of its manifest's identifier; where neither
/// has one, that of the article which an update ("Package_for_...") names as its support.
/// `manifest` may be null.
std::vector<std::u16string> knowledge_base_of(std::u16string_view package_name,
                                              const PackageManifest* manifest);

}  // namespace casement
