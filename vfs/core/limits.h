// SPDX-License-Identifier: Apache-2.0
// Bounds on what an image may make us do. Every one can be changed, and is reported when hit.
#pragma once

#include <cstdint>

namespace casement {

/// Defaults are generous for real images and small for hostile ones.
struct Limits {
  /// Components of a path. Windows paths have at most 32,767 units, real ones below 64 components.
  std::uint32_t max_path_depth = 1024;
  /// Reparse points followed while resolving one path: Windows' own limit.
  std::uint32_t max_reparse = 63;
  /// Entries read from one directory. The largest WinSxS directories hold about 40,000.
  std::uint32_t max_directory_entries = 4'000'000;
  /// Nesting of registry keys. Windows allows 512 levels.
  std::uint32_t max_key_depth = 512;
  /// Subkeys or values of one key. HKCR of a real machine has about 10,000.
  std::uint32_t max_key_entries = 1'000'000;
  /// Bytes of one registry value. Windows allows 1 MiB in practice; PRODUCTOPTIONS blobs are small.
  std::uint64_t max_value_size = std::uint64_t{64} << 20;
  /// Inherited objects followed for one BCD element.
  std::uint32_t max_bcd_inherit = 8;
  /// Device descriptors nested in one BCD device element (file in partition in VHD in file ...).
  std::uint32_t max_bcd_device_depth = 8;
};

}  // namespace casement
