// SPDX-License-Identifier: Apache-2.0
// Any bytes as a security catalog.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/servicing/catalog.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto catalog = parse_catalog(std::as_bytes(std::span(data, size)));
  if (!catalog) {
    return 0;
  }
  for (const CatalogMember& member : catalog->members) {
    if (!catalog->has_digest(member.digest)) {
      std::abort();  // what is listed can be found
    }
  }
  return 0;
}
