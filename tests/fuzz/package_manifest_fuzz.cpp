// SPDX-License-Identifier: Apache-2.0
// Any bytes as the manifest of a package, and as that of a component.
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/servicing/component_manifest.h"
#include "engine/servicing/package_manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  if (const auto manifest = parse_package_manifest(bytes)) {
    if (manifest->identity) {
      (void)parse_package_identity(manifest->identity->text());
    }
    for (const ManifestCapability& capability : manifest->capabilities) {
      (void)capability.identity();
    }
  }
  (void)parse_component_manifest(bytes);
  return 0;
}
