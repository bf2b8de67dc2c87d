// SPDX-License-Identifier: Apache-2.0
// AppxManifest.xml, as Microsoft documents it under "App package manifest".
#include "engine/servicing/appx_manifest.h"

#include <fmt/format.h>

#include "engine/servicing/xml_document.h"

namespace casement {
namespace {

constexpr std::uint64_t max_manifest_size = std::uint64_t{4} << 20;  // real ones have 100 KiB

/// xs:boolean.
bool is_true(const pugi::xml_node& node) {
  const std::u16string text = element_text(node);
  return text == u"true" || text == u"1";
}

}  // namespace

Result<AppxManifest> parse_appx_manifest(Bytes xml) {
  pugi::xml_document document;
  CASEMENT_TRY(load_xml(document, xml, max_manifest_size));
  const pugi::xml_node package = child_of(document, "Package");
  const pugi::xml_node identity = child_of(package, "Identity");
  AppxManifest manifest;
  manifest.name = attribute_text(identity, "Name");
  if (manifest.name.empty()) {
    return fail(Status::corrupt, fmt::format("the {} of the XML has no Package/Identity with a "
                                             "Name",
                                             package ? "Package" : "root"));
  }
  manifest.publisher = attribute_text(identity, "Publisher");
  manifest.version = attribute_text(identity, "Version");
  manifest.architecture = attribute_text(identity, "ProcessorArchitecture");
  manifest.resource_id = attribute_text(identity, "ResourceId");
  const pugi::xml_node properties = child_of(package, "Properties");
  manifest.display_name = element_text(child_of(properties, "DisplayName"));
  manifest.framework = is_true(child_of(properties, "Framework"));
  manifest.resource_package = is_true(child_of(properties, "ResourcePackage"));
  return manifest;
}

}  // namespace casement
