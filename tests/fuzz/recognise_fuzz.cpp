// SPDX-License-Identifier: Apache-2.0
// Any bytes as a volume.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "vfs/source/memory_source.h"
#include "vfs/volume/recognise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const SourcePtr volume = make_memory_source({bytes.begin(), bytes.end()}, "volume");
  const auto found = recognise_volume(*volume);
  if (!found) {
    std::abort();  // memory can always be read
  }
  if (*found && ((*found)->type.empty() || (*found)->reason.empty() ||
                 (*found)->reason.find('\n') != std::string::npos)) {
    std::abort();  // what is known has a name, and a reason of one line
  }
  return 0;
}
