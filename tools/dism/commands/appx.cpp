// SPDX-License-Identifier: Apache-2.0
// Provisioned apps, apps that cannot be removed, default associations.
#include "engine/inspect/appx.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/inspect/deployment.h"
#include "engine/inspect/identity.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/image_version.h"
#include "tools/dism/list.h"
#include "tools/dism/table.h"
#include "vfs/core/unprintable.h"
#include "vfs/core/utf16.h"

namespace casement::dism {
namespace {

constexpr std::uint32_t first_build_with_regions = 17134;  // Windows 10 1803

/// As many as there are labels.
std::vector<std::string> cells_of(const AppxPackage& package, std::size_t count) {
  const auto& v = package.version;
  std::vector<std::string> cells = {printable(package.name),
                                    fmt::format("{}.{}.{}.{}", v[0], v[1], v[2], v[3]),
                                    printable(package.architecture),
                                    printable(package.resource_id),
                                    printable(package.full_name),
                                    package.regions.empty() ? "None" : printable(package.regions)};
  cells.resize(std::min(count, cells.size()));
  return cells;
}

}  // namespace

Result<void> get_provisioned_appx_packages(Context& context) {
  std::vector<std::string> labels = {"DisplayName", "Version", "Architecture", "ResourceId",
                                     "PackageName"};
  if (build_at_least(read_identity(context.image()), first_build_with_regions)) {
    labels.emplace_back("Regions");
  }
  const AppxList list = read_provisioned_appx(context.image());
  std::string& out = context.text();
  if (list.packages.empty()) {
    out += "(No provisioned app packages found in the image)\n";
  } else if (context.request().global.table) {
    Table table(labels);
    for (const AppxPackage& package : list.packages) {
      table.add_row(cells_of(package, labels.size()));
    }
    out += '\n';
    table.append_to(out);
  } else {
    for (std::size_t i = 0; i < list.packages.size(); ++i) {
      out += i == 0 ? "" : "\n";
      const std::vector<std::string> cells = cells_of(list.packages[i], labels.size());
      for (std::size_t field = 0; field < labels.size(); ++field) {
        add_field(out, labels[field], cells[field]);
      }
    }
  }
  context.note(list.diagnostics);
  return {};
}

Result<void> get_non_removable_app_policy(Context& context) {
  const NonRemovableApps apps = read_non_removable_apps(context.image());
  std::string& out = context.text();
  // Unverified: no public sample of this output is known.
  for (const std::u16string& family : apps.families) {
    add_field(out, "Package Family Name", family);
  }
  if (apps.families.empty()) {
    out += "(No non-removable app packages found in the image)\n";
  }
  context.note(apps.diagnostics);
  return {};
}

Result<void> get_default_app_associations(Context& context) {
  const DefaultAssociations associations = read_default_associations(context.image());
  context.note(associations.diagnostics);
  if (!associations.xml) {
    return context.refuse(Status::not_found, {},
                          "no default application associations were imported into the image");
  }
  std::u16string document = associations.xml->value;
  std::erase(document, u'\r');
  // A document of several lines: no control characters but their ends.
  std::ranges::replace_if(
      document,
      [](char16_t unit) { return is_unprintable(unit) && unit != u'\n' && unit != u'\t'; }, u' ');
  const std::string xml = to_utf8(document);
  context.text() += xml;
  context.text() += xml.ends_with('\n') ? "" : "\n";
  return {};
}

}  // namespace casement::dism
