// SPDX-License-Identifier: Apache-2.0
// Any bytes as an INF, and everything that is asked of one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/servicing/inf_models.h"
#include "engine/servicing/inf_version.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto inf = parse_inf(std::as_bytes(std::span(data, size)));
  if (!inf) {
    return 0;
  }
  for (const InfSection& section : inf->sections()) {
    if (inf->section(section.name) == nullptr) {
      std::abort();  // what is listed can be found
    }
  }
  (void)read_inf_version(*inf, std::nullopt);
  (void)read_inf_version(*inf, InfArchitecture::amd64);
  (void)read_inf_models(*inf, {});
  (void)read_inf_models(*inf, {.major = 10, .minor = 0, .build = 19041, .product_type = 1});
  return 0;
}
