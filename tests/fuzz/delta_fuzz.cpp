// SPDX-License-Identifier: Apache-2.0
// Any bytes as a delta, and as the patch within one: what comes out has the size that was said.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "engine/servicing/compressed_manifest.h"
#include "engine/servicing/delta/delta.h"
#include "engine/servicing/delta/patch_decoder.h"
#include "tests/engine/servicing/delta/delta_support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  const Bytes source = test::bytes_of(test::base_xml);
  const auto header = read_delta_header(bytes);
  const auto target = apply_delta(bytes, source, test::test_limit);
  if (target && (!header || target->size() != header->target_size)) {
    std::abort();
  }
  constexpr std::uint64_t patch_target_size = 4096;
  const auto patched = detail::pa30::decode_patch(bytes, source, patch_target_size);
  if (patched && patched->size() != patch_target_size) {
    std::abort();
  }
  (void)decode_manifest(bytes, source);
  return 0;
}
