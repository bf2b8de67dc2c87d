// SPDX-License-Identifier: Apache-2.0
// Manifests of components as Windows 8 and later store them: "DCM", then a delta.
#pragma once

#include <cstddef>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// By its first bytes, as stored_form().
bool is_compressed_manifest(Bytes stored) noexcept;

/// The XML. `base` is the manifest that all of an installation are deltas against: a resource of
/// its wcp.dll. Another one may give an error, or other text: manifests have no hash inside.
/// bad_format: not compressed. limit_exceeded: more than max_component_manifest_size bytes. Else as
/// apply_delta().
Result<std::vector<std::byte>> decode_manifest(Bytes stored, Bytes base);

}  // namespace casement
