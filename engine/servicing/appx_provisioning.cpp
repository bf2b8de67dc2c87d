// SPDX-License-Identifier: Apache-2.0
// AppxProvisioning.xml. Microsoft does not document it; this follows what Windows 10 and 11 write.
#include "engine/servicing/appx_provisioning.h"

#include <fmt/format.h>

#include "engine/servicing/xml_document.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint64_t max_provisioning_size = std::uint64_t{4} << 20;  // real ones have 10 KiB
constexpr std::size_t max_packages = 10'000;                             // real ones have 100

bool is_true(const std::u16string& text) {
  return equals_folded(text, u"true") || text == u"1";
}

void read_package(const pugi::xml_node& node, AppxProvisioning& list) {
  ProvisionedAppx package;
  package.full_name = attribute_text(node, "FullName");
  auto identity = parse_appx_full_name(package.full_name);
  if (!identity) {
    list.diagnostics.add(
        Severity::warning, "damaged",
        fmt::format("Provisioned/Package with FullName \"{}\": expected "
                    "name_version_architecture_resource_publisher",
                    to_utf8(std::u16string_view(package.full_name).substr(0, 256))));
    return;
  }
  package.identity = *std::move(identity);
  const std::u16string type = attribute_text(node, "PackageType");
  package.bundle = equals_folded(type, u"bundle") || package.identity.is_bundle();
  package.resource = equals_folded(type, u"resource") || package.identity.is_resource();
  package.from_bundle = is_true(attribute_text(node, "ProvisionSourceIsBundle"));
  package.line_of_business = is_true(attribute_text(node, "IsLOBApp"));
  list.packages.push_back(std::move(package));
}

}  // namespace

Result<AppxProvisioning> parse_appx_provisioning(Bytes xml) {
  pugi::xml_document document;
  CASEMENT_TRY(load_xml(document, xml, max_provisioning_size));
  const pugi::xml_node root = child_of(document, "AppxProvisionList");
  if (!root) {
    return fail(Status::corrupt,
                fmt::format("the root of the XML is \"{:.64}\", expected AppxProvisionList",
                            local_name(document.document_element())));
  }
  AppxProvisioning list;
  for (const pugi::xml_node& node : child_of(root, "Provisioned").children()) {
    if (local_name(node) != "Package") {
      continue;
    }
    if (list.packages.size() >= max_packages) {
      list.diagnostics.add(
          Severity::error, "limit",
          fmt::format("more than {} provisioned packages: the rest is not read", max_packages));
      break;
    }
    read_package(node, list);
  }
  for (const pugi::xml_node& node : child_of(root, "EndOfLife").children()) {
    std::u16string family = attribute_text(node, "FamilyName");
    if (local_name(node) == "Package" && !family.empty() &&
        list.end_of_life.size() < max_packages) {
      list.end_of_life.push_back(std::move(family));
    }
  }
  return list;
}

}  // namespace casement
