// SPDX-License-Identifier: Apache-2.0
// What a package manifest (.mum) says.
#include "engine/servicing/package_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "engine/servicing/custom_information.h"
#include "engine/servicing/manifest_parts.h"
#include "engine/servicing/manifest_strings.h"
#include "engine/servicing/text_budget.h"
#include "engine/servicing/xml_document.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Units of texts that are made by putting together what a manifest says: replaced references and
/// paths of properties. Real manifests need some 10,000.
constexpr std::uint64_t max_made_text = 4'000'000;

/// A parent and those below it, which hold where the outer one does.
void read_parents(const pugi::xml_node& top, TextBudget& budget, PackageManifest& manifest) {
  std::vector<std::pair<pugi::xml_node, std::u16string>> open = {{top, {}}};
  while (!open.empty()) {
    auto [node, inherited] = std::move(open.back());
    open.pop_back();
    ManifestParent parent{.integrate = attribute_text(node, "integrate"),
                          .disposition = attribute_text(node, "disposition"),
                          .build_compare = attribute_text(node, "buildCompare"),
                          .packages = read_identities(node, manifest.diagnostics)};
    if (parent.integrate.empty()) {
      parent.integrate = std::move(inherited);
    }
    const auto below = static_cast<std::ptrdiff_t>(open.size());
    for (const pugi::xml_node& child : node.children()) {
      if (local_name(child) == "parent" && budget.take(parent.integrate.size())) {
        open.emplace_back(child, parent.integrate);
      }
    }
    std::reverse(open.begin() + below, open.end());  // the first one is taken first
    if (!parent.packages.empty()) {
      manifest.parents.push_back(std::move(parent));
    }
  }
}

void read_capabilities(const pugi::xml_node& declaration, PackageManifest& manifest) {
  for (const pugi::xml_node& capability : declaration.children()) {
    if (local_name(capability) != "capability") {
      continue;
    }
    const pugi::xml_node identity = child_of(capability, "capabilityIdentity");
    ManifestCapability read{.name = attribute_text(identity, "name"),
                            .language = attribute_text(identity, "language"),
                            .version = attribute_text(identity, "version")};
    if (read.name.empty()) {
      manifest.diagnostics.add(Severity::warning, "incomplete",
                               "a capability has no capabilityIdentity with a name");
      continue;
    }
    if (equals_folded(read.language, u"neutral")) {
      read.language.clear();
    }
    manifest.capabilities.push_back(std::move(read));
  }
}

/// The attributes of the assembly, where texts of the string table stand in for absent ones.
void read_assembly(const pugi::xml_node& assembly, const ManifestStrings& strings,
                   PackageManifest& manifest) {
  manifest.display_name = strings.expand(attribute_text(assembly, "displayName"));
  manifest.description = strings.expand(attribute_text(assembly, "description"));
  if (manifest.display_name.empty()) {
    manifest.display_name = strings.display_name();
  }
  if (manifest.description.empty()) {
    manifest.description = strings.description();
  }
  manifest.company = strings.expand(attribute_text(assembly, "company"));
  manifest.copyright = strings.expand(attribute_text(assembly, "copyright"));
  manifest.support_information = strings.expand(attribute_text(assembly, "supportInformation"));
  manifest.creation_time = attribute_text(assembly, "creationTimeStamp");
  manifest.last_update_time = attribute_text(assembly, "lastUpdateTimeStamp");
  manifest.product_name = strings.expand(attribute_text(assembly, "productName"));
  manifest.product_version = attribute_text(assembly, "productVersion");
}

void read_attributes(const pugi::xml_node& package, PackageManifest& manifest) {
  manifest.identifier = attribute_text(package, "identifier");
  manifest.release_type = attribute_text(package, "releaseType");
  manifest.restart = attribute_text(package, "restart");
  manifest.permanence = attribute_text(package, "permanence");
  manifest.self_update = read_boolean(package, "selfUpdate", manifest.diagnostics);
}

void read_extended(const pugi::xml_node& extended, PackageManifest& manifest) {
  manifest.completely_offline_capable = attribute_text(extended, "completelyOfflineCapable");
  manifest.package_size = read_number(extended, "packageSize", manifest.diagnostics);
}

void read_package(const pugi::xml_node& package, const ManifestStrings& strings, TextBudget& budget,
                  PackageManifest& manifest) {
  read_attributes(package, manifest);
  read_custom_information(package, budget, manifest.properties);
  for (CustomProperty& property : manifest.properties) {
    property.value = strings.expand(std::move(property.value));
  }
  for (const pugi::xml_node& child : package.children()) {
    const std::string_view name = local_name(child);
    if (name == "parent") {
      read_parents(child, budget, manifest);
    } else if (name == "update") {
      manifest.updates.push_back(
          read_manifest_update(child, strings, budget, manifest.diagnostics));
    } else if (name == "package") {
      std::vector<PackageIdentity> packages = read_identities(child, manifest.diagnostics);
      std::move(packages.begin(), packages.end(), std::back_inserter(manifest.packages));
    } else if (name == "declareCapability") {
      read_capabilities(child, manifest);
    } else if (name == "packageExtended") {
      read_extended(child, manifest);
    }
  }
}

/// What is missing or was left out of a file that could be read.
void report_gaps(const pugi::xml_node& package, const TextBudget& budget,
                 PackageManifest& manifest) {
  if (!manifest.identity) {
    manifest.diagnostics.add(Severity::warning, "incomplete", "there is no assemblyIdentity");
  }
  if (!package) {
    manifest.diagnostics.add(Severity::warning, "incomplete", "there is no package element");
  }
  if (budget.exhausted()) {
    manifest.diagnostics.add(
        Severity::error, "limit-exceeded",
        fmt::format("its texts would take more than {} units: some are as written, and properties "
                    "or parents are left out",
                    max_made_text));
  }
}

}  // namespace

std::u16string ManifestCapability::identity() const {
  // "1.0" is stored for what is called "0.0.1.0": the numbers from the right.
  std::u16string full = version;
  for (auto dots = std::count(version.begin(), version.end(), u'.'); !full.empty() && dots < 3;
       ++dots) {
    full.insert(0, u"0.");
  }
  return name + u"~~~" + language + u"~" + full;
}

Result<PackageManifest> parse_package_manifest(Bytes xml) {
  pugi::xml_document document;
  CASEMENT_TRY(load_xml(document, xml, max_manifest_size));
  const pugi::xml_node assembly = document.document_element();
  if (local_name(assembly) != "assembly") {
    return fail(Status::corrupt,
                fmt::format("the root element is \"{}\", expected \"assembly\"",
                            to_utf8(xml_units(local_name(assembly)).substr(0, 100))));
  }
  const pugi::xml_node package = child_of(assembly, "package");
  TextBudget budget(max_made_text);
  ManifestStrings strings(budget);
  strings.read(package);
  strings.read(assembly);

  PackageManifest manifest;
  const std::vector<PackageIdentity> identities = read_identities(assembly, manifest.diagnostics);
  if (!identities.empty()) {
    manifest.identity = identities.front();
  }
  read_assembly(assembly, strings, manifest);
  read_package(package, strings, budget, manifest);
  report_gaps(package, budget, manifest);
  return manifest;
}

}  // namespace casement
