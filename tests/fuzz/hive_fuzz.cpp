// SPDX-License-Identifier: Apache-2.0
// Any bytes as a hive: open, walk everything, search deleted items.
#include <cstddef>
#include <cstdint>

#include "engine/hive/deleted.h"
#include "engine/hive/hive.h"
#include "tests/fuzz/hive_walk.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto hive = Hive::open(make_memory_source({bytes.begin(), bytes.end()}, "fuzz"));
  if (hive) {
    fuzz::walk(**hive);
    Diagnostics findings;
    (void)find_deleted(**hive, findings);
    (*hive)->check_bins(findings);
  }
  return 0;
}
