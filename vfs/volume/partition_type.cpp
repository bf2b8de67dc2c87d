// SPDX-License-Identifier: Apache-2.0
// Types that Windows disks have, and the neighbours that are met beside them. Windows' own names
// are those of winioctl.h (PARTITION_*, PARTITION_*_GUID).
#include "vfs/volume/partition_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace casement {
namespace {

using Role = PartitionRole;

struct MbrRow {
  std::uint8_t type;
  Role role;
  const char* name;
  bool shows_number = true;  // "type 0x83 (Linux)"
};

constexpr std::array mbr_rows = {
    MbrRow{0x01, Role::basic, "FAT12", false},
    MbrRow{0x04, Role::basic, "FAT16 below 32 MiB", false},
    MbrRow{0x05, Role::other, "extended"},
    MbrRow{0x06, Role::basic, "FAT16", false},
    MbrRow{0x07, Role::basic, "NTFS/exFAT", false},
    MbrRow{0x0B, Role::basic, "FAT32", false},
    MbrRow{0x0C, Role::basic, "FAT32 (LBA)", false},
    MbrRow{0x0E, Role::basic, "FAT16 (LBA)", false},
    MbrRow{0x0F, Role::other, "extended, LBA"},
    MbrRow{0x11, Role::basic, "hidden FAT12"},
    MbrRow{0x12, Role::other, "OEM service"},
    MbrRow{0x14, Role::basic, "hidden FAT16 below 32 MiB"},
    MbrRow{0x16, Role::basic, "hidden FAT16"},
    MbrRow{0x17, Role::basic, "hidden NTFS/exFAT"},
    MbrRow{0x1B, Role::basic, "hidden FAT32"},
    MbrRow{0x1C, Role::basic, "hidden FAT32, LBA"},
    MbrRow{0x1E, Role::basic, "hidden FAT16, LBA"},
    MbrRow{0x27, Role::recovery, "Windows recovery", false},
    MbrRow{0x28, Role::basic, "Windows main OS"},
    MbrRow{0x29, Role::basic, "Windows OS data"},
    MbrRow{0x2A, Role::other, "Windows preinstalled data"},
    MbrRow{0x2B, Role::other, "Windows board support"},
    MbrRow{0x2C, Role::other, "Windows device provisioning"},
    MbrRow{0x2D, Role::basic, "Windows system"},
    MbrRow{0x39, Role::other, "Plan 9"},
    MbrRow{0x3C, Role::other, "PartitionMagic"},
    MbrRow{0x42, Role::dynamic_disk, "dynamic disk (LDM)", false},
    MbrRow{0x54, Role::other, "OnTrack Disk Manager"},
    MbrRow{0x55, Role::other, "EZ-Drive"},
    MbrRow{0x63, Role::other, "Unix System V"},
    MbrRow{0x82, Role::other, "Linux swap"},
    MbrRow{0x83, Role::other, "Linux"},
    MbrRow{0x84, Role::other, "hibernation"},
    MbrRow{0x85, Role::other, "Linux extended"},
    MbrRow{0x86, Role::other, "NTFS volume set"},
    MbrRow{0x87, Role::other, "NTFS volume set"},
    MbrRow{0x88, Role::other, "Linux plaintext"},
    MbrRow{0x8E, Role::other, "Linux LVM"},
    MbrRow{0xA0, Role::other, "hibernation"},
    MbrRow{0xA5, Role::other, "FreeBSD"},
    MbrRow{0xA6, Role::other, "OpenBSD"},
    MbrRow{0xA8, Role::other, "macOS UFS"},
    MbrRow{0xA9, Role::other, "NetBSD"},
    MbrRow{0xAB, Role::other, "macOS boot"},
    MbrRow{0xAF, Role::other, "HFS/HFS+"},
    MbrRow{0xBE, Role::other, "Solaris boot"},
    MbrRow{0xBF, Role::other, "Solaris"},
    MbrRow{0xD7, Role::storage_spaces, "Storage Spaces data", false},
    MbrRow{0xDE, Role::other, "Dell utility"},
    MbrRow{0xE7, Role::storage_spaces, "Storage Spaces", false},
    MbrRow{0xE8, Role::other, "LUKS"},
    MbrRow{0xEB, Role::other, "BeOS"},
    MbrRow{protective_type, Role::other, "GPT protective"},
    MbrRow{0xEF, Role::efi_system, "EFI system", false},
    MbrRow{0xFB, Role::other, "VMware VMFS"},
    MbrRow{0xFC, Role::other, "VMware swap"},
    MbrRow{0xFD, Role::other, "Linux RAID"},
};

struct GptRow {
  std::string_view type;
  Role role;
  const char* name;
};

constexpr std::array gpt_rows = {
    GptRow{"c12a7328-f81f-11d2-ba4b-00a0c93ec93b", Role::efi_system, "EFI system"},
    GptRow{"e3c9e316-0b5c-4db8-817d-f92df00215ae", Role::reserved, "Microsoft reserved"},
    GptRow{"ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", Role::basic, "Basic data"},
    GptRow{"de94bba4-06d1-4d40-a16a-bfd50179d6ac", Role::recovery, "Windows recovery"},
    GptRow{"5808c8aa-7e8f-42e0-85d2-e1e90434cfb3", Role::dynamic_disk, "LDM metadata"},
    GptRow{"af9b60a0-1431-4f62-bc68-3311714a69ad", Role::dynamic_disk, "LDM data"},
    GptRow{"e75caf8f-f680-4cee-afa3-b001e56efc2d", Role::storage_spaces, "Storage Spaces"},
    GptRow{"e7addcb4-dc34-4539-9a76-ebbd07be6f7e", Role::storage_spaces, "Storage Spaces data"},
    GptRow{"caddebf1-4400-4de8-b103-12117dcf3ccf", Role::other, "Microsoft shadow copy"},
    GptRow{"db97dba9-0840-4bae-97f0-ffb9a327c7e1", Role::other, "Microsoft cluster metadata"},
    GptRow{"558d43c5-a1ac-43c0-aac8-d1472b2923d1", Role::other, "Microsoft Storage Replica"},
    GptRow{"57434f53-8f45-405e-8a23-186d8a4330d3", Role::basic, "Windows main OS"},
    GptRow{"57434f53-23f2-44d5-a830-67bbdaa609f9", Role::basic, "Windows OS data"},
    GptRow{"57434f53-7fe0-4196-9b42-427b51643484", Role::other, "Windows preinstalled data"},
    GptRow{"57434f53-4df9-45b9-8e9e-2370f006457c", Role::other, "Windows board support"},
    GptRow{"57434f53-94cb-43f0-a533-d73c10cfa57d", Role::other, "Windows device provisioning"},
    GptRow{"57434f53-e3e3-4631-a5c5-26d2243873aa", Role::basic, "Windows system"},
    GptRow{"21686148-6449-6e6f-744e-656564454649", Role::other, "BIOS boot"},
    GptRow{"024dee41-33e7-11d3-9d69-0008c781f39f", Role::other, "MBR partition scheme"},
    GptRow{"bfbfafe7-a34f-448a-9a5b-6213eb736c22", Role::other, "Lenovo boot"},
    GptRow{"f4019732-066e-4e12-8273-346c5641494f", Role::other, "Sony boot"},
    GptRow{"d3bfe2de-3daf-11df-ba40-e3a556d89593", Role::other, "Intel Fast Flash"},
    GptRow{"37affc90-ef7d-4e96-91c3-2d7ae055b174", Role::other, "IBM GPFS"},
    GptRow{"0fc63daf-8483-4772-8e79-3d69d8477de4", Role::other, "Linux file system"},
    GptRow{"4f68bce3-e8cd-4db1-96e7-fbcaf984b709", Role::other, "Linux root (x86-64)"},
    GptRow{"b921b045-1df0-41c3-af44-4c6f280d3fae", Role::other, "Linux root (ARM64)"},
    GptRow{"933ac7e1-2eb4-4f13-b844-0e14e2aef915", Role::other, "Linux home"},
    GptRow{"bc13c2ff-59e6-4262-a352-b275fd6f7172", Role::other, "Linux extended boot"},
    GptRow{"0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", Role::other, "Linux swap"},
    GptRow{"e6d6d379-f507-44c2-a23c-238f2a3df928", Role::other, "Linux LVM"},
    GptRow{"a19d880f-05fc-4d3b-a006-743f0f84911e", Role::other, "Linux RAID"},
    GptRow{"ca7d7ccb-63ed-4c53-861c-1742536059cc", Role::other, "Linux LUKS"},
    GptRow{"7ffec5c9-2d00-49b7-8941-3ea10a5586b7", Role::other, "Linux dm-crypt"},
    GptRow{"48465300-0000-11aa-aa11-00306543ecac", Role::other, "Apple HFS+"},
    GptRow{"7c3457ef-0000-11aa-aa11-00306543ecac", Role::other, "Apple APFS"},
    GptRow{"53746f72-6167-11aa-aa11-00306543ecac", Role::other, "Apple Core Storage"},
    GptRow{"426f6f74-0000-11aa-aa11-00306543ecac", Role::other, "Apple boot"},
    GptRow{"aa31e02a-400f-11db-9590-000c2911d1b8", Role::other, "VMware VMFS"},
    GptRow{"9d275380-40ad-11db-bf97-000c2911d1b8", Role::other, "VMware vmkcore"},
    GptRow{"9198effc-31c0-11db-8f78-000c2911d1b8", Role::other, "VMware reserved"},
};

}  // namespace

PartitionType mbr_partition_type(std::uint8_t type) {
  const auto* const row = std::find_if(mbr_rows.begin(), mbr_rows.end(),
                                       [&](const MbrRow& one) { return one.type == type; });
  if (row == mbr_rows.end()) {
    return {Role::other, fmt::format("type {:#04x}", type)};
  }
  return {row->role, row->shows_number ? fmt::format("type {:#04x} ({})", type, row->name)
                                       : std::string(row->name)};
}

PartitionType gpt_partition_type(const Guid& type) {
  const std::string text = type.to_string();
  const auto* const row = std::find_if(gpt_rows.begin(), gpt_rows.end(),
                                       [&](const GptRow& one) { return one.type == text; });
  if (row == gpt_rows.end()) {
    return {Role::other, "type " + text};
  }
  return {row->role, row->name};
}

}  // namespace casement
