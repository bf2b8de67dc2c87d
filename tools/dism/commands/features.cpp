// SPDX-License-Identifier: Apache-2.0
// /Get-Features and /Get-FeatureInfo: what can be turned on and off.
#include "tools/dism/commands/features.h"

#include <fmt/format.h>

#include "engine/inspect/identity.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/commands/packages.h"
#include "tools/dism/context.h"
#include "tools/dism/image_version.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "tools/dism/table.h"

namespace casement::dism {
namespace {

/// Of the package that the command line names, else of the foundation package.
Result<FeatureList> asked_features(Context& context) {
  const auto name = context.request().value("PackageName");
  const auto path = context.request().value("PackagePath");
  if (name && path) {
    return context.refuse(wrong_usage, usage::invalid_argument(*path, "/PackagePath"),
                          "/PackageName and /PackagePath exclude each other");
  }
  if (path) {
    const PackageManifest manifest = CASEMENT_TRY(package_at(context, *path));
    return read_features(context.packages(), manifest);
  }
  if (name) {
    const Package* package = CASEMENT_TRY(named_package(context, *name));
    return read_features(context.packages(), *package);
  }
  return read_features(context.packages());
}

void add_feature_table(std::string& out, const FeatureList& list) {
  out += fmt::format("Features listing for package : {}\n\n\n", printable(list.package));
  Table table({"Feature Name", "State"});
  for (const Feature& feature : list.features) {
    table.add_row({printable(feature.name), feature_state_name(feature.state)});
  }
  table.append_to(out);
}

void add_feature(std::string& out, const Feature& feature) {
  out += "Feature Information:\n\n";
  add_field(out, "Feature Name", feature.name);
  add_field(out, "Display Name", feature.display_name);
  add_field(out, "Description", feature.description);
  add_field(out, "Restart Required", restart_type_name(feature.restart));
  add_field(out, "State", feature_state_name(feature.state));
  out += '\n';
  add_custom_properties(out, feature.properties);
}

std::unexpected<Error> refuse_unknown(Context& context, const std::string& name) {
  return context.refuse(
      unknown_feature,
      {.before = {},
       .lines =
           {fmt::format("Feature name {} is unknown.", name),
            "A Windows feature name was not recognized.",
            "Use the /Get-Features option to find the name of the feature in the image and try "
            "the command again."}},
      fmt::format("the package has no feature {}", name));
}

}  // namespace

void add_custom_properties(std::string& out, const std::vector<CustomProperty>& properties) {
  out += "Custom Properties:\n\n";
  for (const CustomProperty& property : properties) {
    const std::u16string label =
        property.path.empty() ? property.name : property.path + u"\\" + property.name;
    add_field(out, printable(label), property.value);
  }
  if (properties.empty()) {
    out += "(No custom properties found)\n";
  }
}

void add_feature_list(std::string& out, std::u16string_view package,
                      const std::vector<Feature>& features) {
  add_field(out, "Features listing for package", package);
  for (const Feature& feature : features) {
    out += '\n';
    add_field(out, "Feature Name", feature.name);
    add_field(out, "State", feature_state_name(feature.state));
  }
  if (features.empty()) {
    out += "\n(No features found for this package)\n";
  }
}

Result<void> get_features(Context& context) {
  const FeatureList list = CASEMENT_TRY(asked_features(context));
  if (context.request().global.table && !list.features.empty()) {
    add_feature_table(context.text(), list);
  } else {
    add_feature_list(context.text(), list.package, list.features);
  }
  context.note(list.diagnostics);
  return {};
}

Result<void> get_feature_info(Context& context) {
  if (!context.request().has("FeatureName")) {
    return context.refuse(wrong_usage, usage::missing_option("Get-FeatureInfo", "/FeatureName"),
                          "no feature was named");
  }
  const FeatureList list = CASEMENT_TRY(asked_features(context));
  // Names have no case from Windows 8 on.
  const bool exact_case = !at_least(read_identity(context.image()), 6, 2);
  std::string& out = context.text();
  bool first = true;
  for (const GivenOption& option : context.request().options) {
    if (option.rule->name != "FeatureName") {
      continue;
    }
    const std::u16string name = CASEMENT_TRY(wide(option.value, "the feature name"));
    const Feature* feature = find_feature(list, name, exact_case);
    if (feature == nullptr) {
      context.note(list.diagnostics);
      return refuse_unknown(context, option.value);
    }
    out += first ? "" : "\n";
    first = false;
    add_feature(out, *feature);
  }
  context.note(list.diagnostics);
  return {};
}

}  // namespace casement::dism
