// SPDX-License-Identifier: Apache-2.0
// The key AppxAllUserStore.
#include "engine/inspect/appx_store.h"

#include <utility>

#include "engine/image/registry_read.h"
#include "engine/inspect/appx.h"
#include "engine/inspect/registry_list.h"

namespace casement {
namespace {

constexpr std::u16string_view store_key =
    u"Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore";
constexpr HiveId hive_id = HiveId::software;
constexpr std::size_t max_packages = 10'000;  // real ones have some hundred
constexpr std::size_t max_dependencies = 256;

}  // namespace

Evidence appx_store_evidence(FactReader& reader, std::u16string_view full_name) {
  return reader.evidence(hive_id, join_key(join_key(store_key, u"Applications"), full_name),
                         u"Path");
}

AppxStore read_appx_store(FactReader& reader) {
  AppxStore store;
  const std::u16string path = join_key(store_key, u"Applications");
  for (const std::u16string& name : subkey_names(reader, hive_id, path, max_packages)) {
    const std::u16string key = join_key(path, name);
    const auto manifest = reader.filled_text(hive_id, key, u"Path");
    store.applications.emplace(name, manifest ? manifest->value : std::u16string());
    for (std::u16string& dependency : subkey_names(reader, hive_id, key, max_dependencies)) {
      if (store.dependencies.size() < max_packages) {
        store.dependencies.insert(std::move(dependency));
      }
    }
  }
  return store;
}

NonRemovableApps read_non_removable_apps(const Image& image) {
  NonRemovableApps apps;
  FactReader reader(image, apps.diagnostics);
  reader.findings().add(Severity::note, "unverified",
                        "Microsoft does not document where this policy is kept; read are the "
                        "values NonRemovable below AppxAllUserStore\\Config");
  const std::u16string path = join_key(store_key, u"Config");
  for (std::u16string& family : subkey_names(reader, hive_id, path, max_packages)) {
    const auto policy = reader.dword(hive_id, join_key(path, family), u"NonRemovable");
    if (policy && policy->value != 0) {
      apps.families.push_back(std::move(family));
    }
  }
  return apps;
}

}  // namespace casement
