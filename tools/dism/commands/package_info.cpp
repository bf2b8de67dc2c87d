// SPDX-License-Identifier: Apache-2.0
// /Get-PackageInfo: all that is known of packages, inside and outside of the image.
#include <fmt/format.h>

#include <string>

#include "engine/inspect/identity.h"
#include "engine/inspect/package_details.h"
#include "engine/session/servicing_file.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/commands/features.h"
#include "tools/dism/commands/packages.h"
#include "tools/dism/context.h"
#include "tools/dism/image_version.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "tools/dism/values.h"
#include "vfs/core/utf16.h"

namespace casement::dism {
namespace {

const char* offline_capable(OfflineInstallable value) {
  switch (value) {
    case OfflineInstallable::yes:
      return "Yes";
    case OfflineInstallable::no:
      return "No";
    case OfflineInstallable::undetermined:
      return "Undetermined";
  }
  return "Undetermined";
}

/// `windows_10`: the two lines that came with it.
void add_details(std::string& out, const PackageDetails& package, bool windows_10) {
  out += "Package information:\n\n";
  add_field(out, "Package Identity", package.identity);
  add_field(out, "Applicable", yes_no(package.applicable));
  add_field(out, "Copyright", package.copyright);
  add_field(out, "Company", package.company);
  add_field(out, "Creation Time", package.creation_time);
  add_field(out, "Description", package.description);
  add_field(out, "Install Client", package.install_client);
  add_field(out, "Install Package Name", package.install_package_name);
  add_field(out, "Install Time", date_minutes_text(package.install_time));
  add_field(out, "Last Update Time", package.last_update_time);
  add_field(out, "Name", package.display_name);
  add_field(out, "Product Name", package.product_name);
  add_field(out, "Product Version", package.product_version);
  add_field(out, "Release Type",
            release_type_text(package.release_type, package.release_type_as_written));
  add_field(out, "Restart Required", restart_type_name(package.restart));
  add_field(out, "Support Information", package.support_information);
  add_field(out, "State", package_state_name(package.state));
  add_field(out, "Completely offline capable", offline_capable(package.fully_offline));
  if (windows_10) {
    add_field(out, "Self servicing package", yes_no(package.self_update));
    add_field(out, "Capability Identity", package.capability);
  }
  out += '\n';
  add_custom_properties(out, package.properties);
  out += '\n';
  add_feature_list(out, package.identity, package.features);
}

Result<PackageDetails> details_of(Context& context, const GivenOption& option) {
  if (option.rule->name == "PackageName") {
    const Package* package = CASEMENT_TRY(named_package(context, option.value));
    return package_details(context.packages(), *package);
  }
  const PackageManifest manifest = CASEMENT_TRY(package_at(context, option.value));
  return package_details(context.packages(), manifest);
}

}  // namespace

Result<const Package*> named_package(Context& context, std::string_view identity) {
  const std::u16string name = CASEMENT_TRY(wide(identity, "the package name"));
  const Package* package = context.packages().find(name);
  if (package == nullptr) {
    return context.refuse(
        invalid_package,
        {.before = {fmt::format("An error occurred trying to open - {} Error: 0x{:x}", identity,
                                static_cast<std::uint32_t>(invalid_package))},
         .lines = {system_text(invalid_package)}},
        fmt::format("the image has no package {}; /Get-Packages lists what it has", identity));
  }
  return package;
}

Result<PackageManifest> package_at(Context& context, const std::string& path) {
  const std::u16string name = CASEMENT_TRY(wide(path, "the package path"));
  auto manifest = read_package_file(name);
  if (!manifest) {
    const Status status = manifest.error().status();
    return context.refuse(status,
                          {.before = {fmt::format("An error occurred trying to open - {} Error: "
                                                  "0x{:x}",
                                                  path, static_cast<std::uint32_t>(status))},
                           .lines = {system_text(status)}},
                          manifest.error());
  }
  context.note(manifest->diagnostics);
  return manifest;
}

Result<void> get_package_info(Context& context) {
  const auto& options = context.request().options;
  if (options.empty()) {
    return context.refuse(wrong_usage,
                          usage::missing_option("Get-PackageInfo", "/PackageName or /PackagePath"),
                          "no package was named");
  }
  const bool windows_10 = at_least(read_identity(context.image()), 10, 0);
  std::string& out = context.text();
  for (std::size_t i = 0; i < options.size(); ++i) {
    const PackageDetails package = CASEMENT_TRY(details_of(context, options[i]));
    out += i == 0 ? "" : "\n";
    add_details(out, package, windows_10);
  }
  context.note(context.packages().findings());
  return {};
}

}  // namespace casement::dism
