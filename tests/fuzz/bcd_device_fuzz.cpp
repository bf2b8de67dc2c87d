// SPDX-License-Identifier: Apache-2.0
// Any bytes as a device element.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/bcd/device.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const auto device = parse_device(bytes);
  if (device && (describe(*device).empty() || device->raw.size() != size)) {
    std::abort();  // an element that can be read says something and keeps its bytes
  }
  return 0;
}
