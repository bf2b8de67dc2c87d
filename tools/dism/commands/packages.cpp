// SPDX-License-Identifier: Apache-2.0
// /Get-Packages: the visible packages of the image.
#include "engine/inspect/packages.h"

#include <string>

#include "tools/dism/commands/commands.h"
#include "tools/dism/commands/packages.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/table.h"
#include "tools/dism/values.h"

namespace casement::dism {
namespace {

std::string manifest_release_type(const PackageStore& store, const Package& package) {
  const PackageManifest* manifest = store.manifest(package);
  return manifest == nullptr ? release_type_text(std::nullopt, {})
                             : release_type_text(parse_release_type(manifest->release_type),
                                                 manifest->release_type);
}

}  // namespace

std::string release_type_text(const std::optional<ReleaseType>& type,
                              std::u16string_view as_written) {
  return type ? release_type_name(*type) : printable(as_written);
}

Result<void> get_packages(Context& context) {
  const PackageStore& store = context.packages();
  store.load_manifests();
  std::string& out = context.text();
  out += "Packages listing:\n\n";
  Table table({"Package Identity", "State", "Release Type", "Install Time"});
  bool first = true;
  for (const Package& package : store.packages()) {
    if (!package.visible) {
      continue;
    }
    const std::string release_type = manifest_release_type(store, package);
    if (context.request().global.table) {
      table.add_row({printable(package.identity), package_state_name(package.state), release_type,
                     date_minutes_text(package.install_time)});
      continue;
    }
    out += first ? "" : "\n";
    first = false;
    add_field(out, "Package Identity", package.identity);
    add_field(out, "State", package_state_name(package.state));
    add_field(out, "Release Type", release_type);
    add_field(out, "Install Time", date_minutes_text(package.install_time));
  }
  if (!table.empty()) {
    out += '\n';
    table.append_to(out);
  } else if (first) {
    out += "(No packages found in the image matching the criteria)\n";
  }
  context.note(store.findings());
  return {};
}

}  // namespace casement::dism
