// SPDX-License-Identifier: Apache-2.0
// Any bytes as a QCOW image of any version.
#include "tests/fuzz/container_fuzz.h"
#include "vfs/container/qcow2/open_qcow2.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  casement::fuzz::open_and_read(casement::qcow2_format, std::as_bytes(std::span(data, size)));
  return 0;
}
