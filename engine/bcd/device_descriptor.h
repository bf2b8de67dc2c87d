// SPDX-License-Identifier: Apache-2.0
// One device descriptor inside a BCD device element, with its size checked.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement {

/// Bytes and where in the element they begin.
struct DeviceWindow {
  Bytes bytes;
  std::uint64_t at = 0;

  /// Precondition: offset <= bytes.size().
  DeviceWindow from(std::size_t offset) const { return {bytes.subspan(offset), at + offset}; }
};

/// A descriptor whose size was checked.
struct DeviceDescriptor {
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
  DeviceWindow whole;
  DeviceWindow body;  // behind the header; empty when there is none
};

/// The descriptor at the beginning of `window`. truncated: it does not fit; corrupt: it claims less
/// than its own header.
Result<DeviceDescriptor> load_descriptor(DeviceWindow window);

}  // namespace casement
