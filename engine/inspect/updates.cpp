// SPDX-License-Identifier: Apache-2.0
// The updates (KB numbers) of an installation.
#include "engine/inspect/updates.h"

#include <fmt/format.h>

#include <utility>

#include "engine/inspect/knowledge_base.h"
#include "engine/inspect/update_groups.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// "Package_for_KB976902" is the update, "Package_1_for_KB976902" and "Package_for_KB976902_SP1"
/// are parts of it. A rollup has no number in its name, nor have its parts.
bool is_whole(std::u16string_view name, std::u16string_view number) {
  const std::u16string_view start = u"Package_for_";
  if (!starts_with_folded(name, start)) {
    return !knowledge_base_in(name);
  }
  const std::u16string_view rest = name.substr(start.size());
  return equals_folded(rest, number) || !knowledge_base_in(rest);
}

UpdateSource source_of(const Package& package, std::u16string number,
                       const PackageManifest* manifest) {
  UpdateSource source;
  source.is_whole = is_whole(package.parts->name, number);
  source.update.knowledge_base = std::move(number);
  source.update.state = package.state;
  source.update.version = package.parts->version;
  source.update.install_time = package.install_time;
  source.update.packages = {package.identity};
  source.update.evidence = package.evidence;
  if (manifest != nullptr) {
    source.update.release_type = parse_release_type(manifest->release_type);
    source.update.release_type_as_written = manifest->release_type;
    source.update.description = manifest->description;
    source.update.support_information = manifest->support_information;
  }
  return source;
}

}  // namespace

UpdateList read_updates(const PackageStore& store) {
  store.load_manifests();
  UpdateGroups groups;
  for (const Package& package : store.packages()) {
    if (!package.parts) {
      continue;  // reported by the store
    }
    const PackageManifest* const manifest = store.manifest(package);
    for (std::u16string& number : knowledge_base_of(package.parts->name, manifest)) {
      groups.add(source_of(package, std::move(number), manifest));
    }
  }
  UpdateList list;
  list.diagnostics = store.findings();
  if (store.packages().empty()) {
    add_legacy_updates(store.image(), groups, list.diagnostics);
  }
  list.updates = groups.take();
  return list;
}

}  // namespace casement
