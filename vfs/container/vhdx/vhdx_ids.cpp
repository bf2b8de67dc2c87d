// SPDX-License-Identifier: Apache-2.0
// The GUIDs as bytes on disk.
#include "vfs/container/vhdx/vhdx_ids.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace casement::vhdx_ids {
namespace {

/// The fields of a GUID in the order in which it is written.
constexpr Guid make(std::uint32_t a, std::uint16_t b, std::uint16_t c,
                    std::array<std::uint8_t, 8> d) {
  Guid id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.raw[i] = static_cast<std::byte>(a >> (8 * i));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    id.raw[4 + i] = static_cast<std::byte>(b >> (8 * i));
    id.raw[6 + i] = static_cast<std::byte>(c >> (8 * i));
  }
  for (std::size_t i = 0; i < d.size(); ++i) {
    id.raw[8 + i] = static_cast<std::byte>(d[i]);
  }
  return id;
}

}  // namespace

constinit const Guid block_table_region =
    make(0x2DC27766, 0xF623, 0x4200, {0x9D, 0x64, 0x11, 0x5E, 0x9B, 0xFD, 0x4A, 0x08});
constinit const Guid metadata_region =
    make(0x8B7CA206, 0x4790, 0x4B9A, {0xB8, 0xFE, 0x57, 0x5F, 0x05, 0x0F, 0x88, 0x6E});
constinit const Guid file_parameters =
    make(0xCAA16737, 0xFA36, 0x4D43, {0xB3, 0xB6, 0x33, 0xF0, 0xAA, 0x44, 0xE7, 0x6B});
constinit const Guid virtual_disk_size =
    make(0x2FA54224, 0xCD1B, 0x4876, {0xB2, 0x11, 0x5D, 0xBE, 0xD8, 0x3B, 0xF4, 0xB8});
constinit const Guid virtual_disk_id =
    make(0xBECA12AB, 0xB2E6, 0x4523, {0x93, 0xEF, 0xC3, 0x09, 0xE0, 0x00, 0xC7, 0x46});
constinit const Guid logical_sector_size =
    make(0x8141BF1D, 0xA96F, 0x4709, {0xBA, 0x47, 0xF2, 0x33, 0xA8, 0xFA, 0xAB, 0x5F});
constinit const Guid physical_sector_size =
    make(0xCDA348C7, 0x445D, 0x4471, {0x9C, 0xC9, 0xE9, 0x88, 0x52, 0x51, 0xC5, 0x56});
constinit const Guid parent_locator =
    make(0xA8D35F2D, 0xB30B, 0x454D, {0xAB, 0xF7, 0xD3, 0xD8, 0x48, 0x34, 0xAB, 0x0C});
constinit const Guid vhdx_parent_locator =
    make(0xB04AEFB7, 0xD19E, 0x4A81, {0xB7, 0x89, 0x25, 0xB8, 0xE9, 0x44, 0x59, 0x13});

}  // namespace casement::vhdx_ids
