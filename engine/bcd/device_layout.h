// SPDX-License-Identifier: Apache-2.0
// The bytes of a BCD device element.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::bcd_layout {

/// What the element begins with; the outermost descriptor follows.
struct ElementPrefix {
  std::array<std::byte, 16> options;  // +0x00 GUID of an object with additional options, or zeros
};
static_assert(sizeof(ElementPrefix) == 0x10);

/// BL_DEVICE_DESCRIPTOR: what every device, the outermost and each nested one, begins with.
struct DescriptorHeader {
  le32 type;      // +0x00 DeviceType
  le32 flags;     // +0x04 Flags; 1 seen for RAM disks
  le32 size;      // +0x08 Size, of the descriptor with all that is nested in it
  le32 reserved;  // +0x0C may be missing in the smallest descriptor, which has no body
};
static_assert(sizeof(DescriptorHeader) == 0x10);
/// The header without its last field: the boot manager accepts it.
inline constexpr std::uint32_t smallest_descriptor = 0x0C;

namespace device_type {
inline constexpr std::uint32_t local = 0;
inline constexpr std::uint32_t legacy_partition = 2;  // by number instead of offset
inline constexpr std::uint32_t serial = 3;
inline constexpr std::uint32_t udp = 4;
inline constexpr std::uint32_t boot = 5;
inline constexpr std::uint32_t partition = 6;
inline constexpr std::uint32_t vmbus = 7;
inline constexpr std::uint32_t locate = 8;
inline constexpr std::uint32_t uri = 9;
inline constexpr std::uint32_t composite = 10;
inline constexpr std::uint32_t cimfs = 11;
}  // namespace device_type

/// First field of a local device.
namespace local_type {
inline constexpr std::uint32_t hard_disk = 0;
inline constexpr std::uint32_t floppy = 1;
inline constexpr std::uint32_t cd_rom = 2;
inline constexpr std::uint32_t ram_disk = 3;
inline constexpr std::uint32_t file = 5;
inline constexpr std::uint32_t virtual_disk = 6;
}  // namespace local_type

namespace partition_scheme {
inline constexpr std::uint32_t gpt = 0;
inline constexpr std::uint32_t mbr = 1;
inline constexpr std::uint32_t raw = 2;
}  // namespace partition_scheme

/// BL_LOCAL_DEVICE with BL_HARDDISK_DEVICE: hard disk and virtual disk. A virtual disk's own device
/// descriptor follows.
struct DiskBody {
  le32 local_type;               // +0x00
  le32 scheme;                   // +0x04 PartitionType
  std::array<std::byte, 16> id;  // +0x08 GPT: disk GUID; MBR: u32 signature; raw: u32 disk number
};
static_assert(sizeof(DiskBody) == 0x18);

/// BL_LOCAL_DEVICE: floppy and CD-ROM.
struct DriveBody {
  le32 local_type;  // +0x00
  le32 number;      // +0x04 DriveNumber
};
static_assert(sizeof(DriveBody) == 0x08);

/// BL_LOCAL_DEVICE: RAM disk. A path descriptor follows when it is made from a file.
struct RamDiskBody {
  le32 local_type;    // +0x00
  le64 image_base;    // +0x04
  le64 image_size;    // +0x0C tools of third parties leave garbage here
  le32 image_offset;  // +0x14
};
static_assert(sizeof(RamDiskBody) == 0x18);

/// First field of a partition device; a local device, the partition's disk, follows.
struct PartitionBody {
  std::array<std::byte, 16> id;  // +0x00 GPT: partition GUID; MBR: u64 offset in bytes, or in a
                                 // legacy partition the u32 number of the partition
};
static_assert(sizeof(PartitionBody) == 0x10);

/// BL_FILE_PATH_DESCRIPTOR. For path type 5 a device descriptor follows, then UTF-16LE with a NUL.
struct PathHeader {
  le32 version;    // +0x00 1
  le32 length;     // +0x04 of the path descriptor, with this header
  le32 path_type;  // +0x08
};
static_assert(sizeof(PathHeader) == 0x0C);
inline constexpr std::uint32_t path_version = 1;
inline constexpr std::uint32_t path_on_device = 5;

/// A device that is looked for. UTF-16LE with a NUL follows, then a descriptor of what to look in.
struct LocateBody {
  le32 locate_type;    // +0x00 0: by element
  le32 element;        // +0x04 type of the element that holds the path
  le32 parent_offset;  // +0x08 from the beginning of the descriptor; 0: none
};
static_assert(sizeof(LocateBody) == 0x0C);

}  // namespace casement::bcd_layout
