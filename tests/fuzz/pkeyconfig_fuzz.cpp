// SPDX-License-Identifier: Apache-2.0
// Any bytes as a product key configuration, as what is inside one, and as a key.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/servicing/edition_matrix.h"
#include "engine/servicing/pkeyconfig.h"
#include "engine/servicing/product_key_code.h"
#include "vfs/core/utf16.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  if (const auto config = parse_pkeyconfig(bytes)) {
    for (const PkeyConfiguration& configuration : config->configurations) {
      (void)find_pkey_range(*config, configuration.group, 0);
    }
  }
  (void)parse_edition_matrix(bytes);
  (void)decode_product_key(from_latin1(bytes));
  (void)decode_product_key(from_utf16le(bytes));
  return 0;
}
