// SPDX-License-Identifier: Apache-2.0
// AppxManifest.xml: what a package says about itself.
#pragma once

#include <string>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// The identity of a package and what kind it is. Text is as written, not checked.
struct AppxManifest {
  std::u16string name;          // Identity/@Name
  std::u16string publisher;     // "CN=Example, C=GB"
  std::u16string version;       // "1.0.0.0"
  std::u16string architecture;  // empty: neutral
  std::u16string resource_id;   // empty: none
  std::u16string display_name;  // may be a reference to a resource: "ms-resource:AppName"
  bool framework = false;       // Properties/Framework
  bool resource_package = false;
};

/// corrupt: not XML, no Package, or an Identity without a name. limit_exceeded: over 4 MiB, or too
/// deep. Schemas of Windows 8 to 11 alike: namespaces are not looked at.
Result<AppxManifest> parse_appx_manifest(Bytes xml);

}  // namespace casement
