// SPDX-License-Identifier: Apache-2.0
// Any bytes as a list of apps, as a manifest, as the languages of media and as binary values.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/inspect/intl.h"
#include "engine/inspect/system_blobs.h"
#include "engine/servicing/appx_manifest.h"
#include "engine/servicing/appx_provisioning.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  if (const auto list = parse_appx_provisioning(bytes)) {
    for (const ProvisionedAppx& package : list->packages) {
      if (!parse_appx_full_name(package.full_name)) {
        std::abort();  // what is listed has a name in five parts
      }
    }
  }
  const auto manifest = parse_appx_manifest(bytes);
  if (manifest && manifest->name.empty()) {
    std::abort();
  }
  (void)parse_lang_ini(bytes);
  (void)decode_digital_product_id(bytes);
  (void)find_machine_sid(bytes);
  (void)decode_policy_text(bytes);
  return 0;
}
