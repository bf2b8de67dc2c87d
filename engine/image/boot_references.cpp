// SPDX-License-Identifier: Apache-2.0
// Which installation each loader starts; the default entry of the best store also decides between
// installations.
#include "engine/image/boot_references.h"

#include <utility>

#include "engine/image/score.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// What already counted for an installation; two entries for one do not count twice.
struct Reference {
  bool entry = false;
  bool default_entry = false;
};
using References = std::vector<Reference>;

/// Points for the installation that the loader starts, and which that is.
std::optional<std::size_t> score_loader(const BootTargets& targets, const FoundStore& found,
                                        const BootTargets::Loader& loader,
                                        std::vector<Examined>& installations, References& seen) {
  for (std::size_t i = 0; i < installations.size(); ++i) {
    Installation& installation = installations[i].installation;
    if (!targets.starts(loader, installation)) {
      continue;
    }
    const std::string where = to_utf8(found.store.path) + " " + loader.entry.id;
    const std::string from = installation.virtual_disk.empty()
                                 ? std::string()
                                 : " from " + to_utf8(installation.virtual_disk);
    if (!std::exchange(seen[i].entry, true)) {
      add_evidence(installation, "a boot entry starts it" + from, 15, where);
    }
    if (loader.entry.is_default && !std::exchange(seen[i].default_entry, true)) {
      add_evidence(installation, "the default boot entry starts it" + from, 10, where);
    }
    return i;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> score_boot_references(const BootTargets& targets,
                                                 const std::vector<FoundStore>& stores,
                                                 std::vector<Examined>& installations) {
  std::optional<std::size_t> by_default_entry;
  References seen(installations.size());
  int best_rank = -1;
  for (const FoundStore& found : stores) {
    const int rank =
        (targets.bootmgr_state(found.store) == "ok" ? 2 : 0) + (found.has_boot_manager ? 1 : 0);
    for (const BootTargets::Loader& loader : targets.loaders(found)) {
      const auto started = score_loader(targets, found, loader, installations, seen);
      if (started && loader.entry.is_default && rank > best_rank) {
        best_rank = rank;
        by_default_entry = started;
      }
    }
  }
  return by_default_entry;
}

}  // namespace casement
