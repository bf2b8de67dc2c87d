// SPDX-License-Identifier: Apache-2.0
// What a manifest of the component store says of the files of a component.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/digest.h"
#include "vfs/core/result.h"

namespace casement {

/// How a file of the component store is kept. Windows 8 and later compress manifests ("DCM") and
/// payload ("DCN", "DCD", "DCH", "DCX", "DCS") against other files or by themselves.
enum class StoredForm : std::uint8_t { plain, compressed };
StoredForm stored_form(Bytes beginning) noexcept;

struct ComponentFile {
  std::u16string name;  // below the component's directory; may have separators
  DigestKind kind = DigestKind::sha256;
  std::vector<std::byte> digest;  // empty: none that is understood
};

struct ComponentManifest {
  std::vector<ComponentFile> files;
  /// Files without a name, digests that are none.
  Diagnostics diagnostics;
};

/// The most bytes of a component's manifest that are read. The largest known has 3.3 MB.
inline constexpr std::uint64_t max_component_manifest_size = 32U << 20U;

/// Reads a plain one. corrupt: not XML, or its root is not `assembly`. limit_exceeded: too long.
Result<ComponentManifest> parse_component_manifest(Bytes xml);

}  // namespace casement
