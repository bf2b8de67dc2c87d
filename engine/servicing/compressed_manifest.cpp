// SPDX-License-Identifier: Apache-2.0
// Manifests of components as Windows 8 and later store them: "DCM", then a delta.
#include "engine/servicing/compressed_manifest.h"

#include <algorithm>
#include <array>

#include "engine/servicing/component_manifest.h"
#include "engine/servicing/delta/delta.h"

namespace casement {
namespace {

/// "DCM", and the version of this form.
constexpr std::array magic = {std::byte{'D'}, std::byte{'C'}, std::byte{'M'}, std::byte{1}};

}  // namespace

bool is_compressed_manifest(Bytes stored) noexcept {
  return stored.size() >= magic.size() && std::ranges::equal(stored.first(magic.size()), magic);
}

Result<std::vector<std::byte>> decode_manifest(Bytes stored, Bytes base) {
  if (!is_compressed_manifest(stored)) {
    return fail(Status::bad_format, "no compressed manifest: it does not begin with \"DCM\", 1");
  }
  return apply_delta(stored.subspan(magic.size()), base, max_component_manifest_size);
}

}  // namespace casement
