// SPDX-License-Identifier: Apache-2.0
// What SOFTWARE keeps about app packages of all users.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/inspect/fact_reader.h"
#include "vfs/core/upcase.h"

namespace casement {

/// Orders names without regard to case.
struct FoldedLess {
  using is_transparent = void;
  bool operator()(std::u16string_view a, std::u16string_view b) const noexcept {
    return compare_folded(a, b) < 0;
  }
};

/// SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore.
struct AppxStore {
  /// Full names below Applications, each with the manifest that its Path names (empty: none).
  std::map<std::u16string, std::u16string, FoldedLess> applications;
  /// Full names of packages that others depend on: they lie below those.
  std::set<std::u16string, FoldedLess> dependencies;
};
AppxStore read_appx_store(FactReader& reader);

/// Evidence for a package of the store.
Evidence appx_store_evidence(FactReader& reader, std::u16string_view full_name);

}  // namespace casement
