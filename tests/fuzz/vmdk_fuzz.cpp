// SPDX-License-Identifier: Apache-2.0
// Any bytes as a VMDK: extent of any kind, or descriptor.
#include "tests/fuzz/container_fuzz.h"
#include "vfs/container/vmdk/open_vmdk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  casement::fuzz::open_and_read(casement::vmdk_format, std::as_bytes(std::span(data, size)));
  return 0;
}
