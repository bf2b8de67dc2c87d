// SPDX-License-Identifier: Apache-2.0
// A struct with alignment, and so with host-endian fields, cannot be loaded from an image.
// Refused: DiskStruct
#include "vfs/core/bytes.h"

struct OnDisk {
  casement::le32 size;
};
struct InMemory {
  std::uint32_t size;
};

bool loads(casement::Bytes image) {
#ifdef MISUSE
  using Wanted = InMemory;
#else
  using Wanted = OnDisk;
#endif
  return casement::load<Wanted>(image, 0, "record").has_value();
}
