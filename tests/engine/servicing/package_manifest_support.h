// SPDX-License-Identifier: Apache-2.0
// Package manifests that tests write as text.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/servicing/package_manifest.h"

namespace casement::test {

inline Result<PackageManifest> parse(std::string_view xml) {
  return parse_package_manifest(std::as_bytes(std::span(xml)));
}

/// An assembly with this inside.
inline std::string assembly(const std::string& content, const std::string& attributes = {},
                            const std::string& name_space = "urn:schemas-microsoft-com:asm.v3") {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><assembly xmlns=\"" + name_space + "\" " +
         attributes + ">" + content + "</assembly>";
}

/// The identity of a package of this name.
inline std::string identity(const std::string& name) {
  return "<assemblyIdentity name=\"" + name +
         "\" version=\"10.0.1.2\" processorArchitecture=\"amd64\" language=\"neutral\" "
         "publicKeyToken=\"31bf3856ad364e35\"/>";
}

/// A package with everything that a manifest can say.
inline std::string full_manifest() {
  return assembly(
      identity("Case-Package") +
          "<package identifier=\"KB5030219\" releaseType=\"Security Update\" restart=\"possible\""
          " selfUpdate=\"true\" permanence=\"permanent\">"
          "<customInformation Version=\"1.0\"/>"
          "<parent integrate=\"delegate\" disposition=\"detect\" buildCompare=\"GE\">" +
          identity("Outer") + "<parent>" + identity("Inner") + "</parent></parent>" +
          "<parent integrate=\"separate\">" + identity("Other") + "</parent>" + "<package>" +
          identity("Contained") + "</package>" +
          "<declareCapability><capability><capabilityIdentity name=\"Language.Basic\" "
          "language=\"en-US\" version=\"1.0\"/></capability></declareCapability>"
          "<update name=\"Feature\" displayName=\"A feature\" description=\"Does it\" "
          "restart=\"required\">"
          "<applicable disposition=\"detect\"><detectUpdate><update "
          "name=\"Parent\"/></detectUpdate>"
          "</applicable><selectable disposition=\"staged\"><detectNone default=\"true\"/>"
          "<customInformation SoftBlockLink=\"x\"/></selectable><package contained=\"false\">" +
          identity("Payload-1") + identity("Payload-2") + "</package></update>" +
          "<update name=\"Base\"/>"
          "<packageExtended completelyOfflineCapable=\"yes\" packageSize=\"949044\"/></package>",
      "displayName=\"Name\" description=\"Text\" company=\"Example\" copyright=\"(c)\" "
      "supportInformation=\"http://example.org/?kbid=5030219\" "
      "creationTimeStamp=\"2014-03-04T15:15:52Z\" lastUpdateTimeStamp=\"2014-03-05T15:15:52Z\"");
}

}  // namespace casement::test
