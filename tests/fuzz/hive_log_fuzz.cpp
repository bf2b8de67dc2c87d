// SPDX-License-Identifier: Apache-2.0
// A dirty hive with two logs: u32 size of the hive, u32 size of LOG1, the hive, LOG1, LOG2.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/hive/hive.h"
#include "tests/fuzz/hive_walk.h"
#include "vfs/source/memory_source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  auto rest = std::as_bytes(std::span(data, size));
  if (rest.size() < 8) {
    return 0;
  }
  const auto hive_size = get_le<std::uint32_t>(rest, 0);
  const auto log_size = get_le<std::uint32_t>(rest, 4);
  rest = rest.subspan(8);
  const auto take = [&rest](std::size_t wanted) {
    const auto part = rest.first(std::min(wanted, rest.size()));
    rest = rest.subspan(part.size());
    return make_memory_source({part.begin(), part.end()}, "fuzz");
  };
  const SourcePtr primary = take(hive_size);
  const SourcePtr log1 = take(log_size);
  const SourcePtr log2 = take(rest.size());
  const auto hive = Hive::open(primary, {nullptr, log1, log2});
  if (hive) {
    fuzz::walk(**hive);
  }
  return 0;
}
