// SPDX-License-Identifier: Apache-2.0
// Superblocks of file systems that are recognised and not opened: the fields that name them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::foreign_layout {

/// ext2, ext3 and ext4 (Linux kernel documentation, "ext4 Data Structures", the super block).
struct ExtSuperblock {
  std::array<std::byte, 0x38> before;   // +0x00
  le16 magic;                           // +0x38 s_magic
  std::array<std::byte, 0x22> skipped;  // +0x3A
  le32 compatible;                      // +0x5C s_feature_compat
  le32 incompatible;                    // +0x60 s_feature_incompat
  le32 read_only_compatible;            // +0x64 s_feature_ro_compat
  std::array<std::byte, 16> uuid;       // +0x68 s_uuid
  std::array<std::byte, 16> label;      // +0x78 s_volume_name
};
static_assert(sizeof(ExtSuperblock) == 0x88);
inline constexpr std::size_t ext_superblock_at = 0x400;
inline constexpr std::uint16_t ext_magic = 0xEF53;
inline constexpr std::uint32_t ext_has_journal = 0x4;  // compatible
/// What ext3 knows: filetype, recover, meta_bg; sparse_super, large_file, btree_dir.
inline constexpr std::uint32_t ext3_incompatible = 0x2 | 0x4 | 0x10;
inline constexpr std::uint32_t ext3_read_only_compatible = 0x1 | 0x2 | 0x4;

/// Offsets of labels, from the volume's start, and their sizes.
inline constexpr std::size_t xfs_label_at = 108;  // sb_fname
inline constexpr std::size_t xfs_label_size = 12;
inline constexpr std::size_t btrfs_superblock_at = 0x10000;
inline constexpr std::size_t btrfs_magic_at = btrfs_superblock_at + 0x40;
inline constexpr std::size_t btrfs_label_at = btrfs_superblock_at + 0x12B;
inline constexpr std::size_t btrfs_label_size = 256;
inline constexpr std::size_t swap_label_at = 1052;
inline constexpr std::size_t swap_label_size = 16;

/// LVM2: a label in one of the first four sectors of 512 bytes.
inline constexpr std::size_t lvm_sector_count = 4;
inline constexpr std::size_t lvm_type_at = 24;

/// Dynamic disks: PRIVHEAD in the last sector of a GPT disk's metadata partition; in sector 6 of an
/// MBR disk. Big-endian (Linux-NTFS project, "LDM documentation").
inline constexpr std::size_t ldm_disk_header_at = 0xC00;
inline constexpr std::size_t ldm_group_name_at = 0xF0;
inline constexpr std::size_t ldm_group_name_size = 31;

/// ISO 9660 and UDF: volume descriptors of 2048 bytes, each with five characters at +1.
inline constexpr std::size_t optical_descriptors_at = 0x8000;
inline constexpr std::size_t optical_descriptor_size = 0x800;
inline constexpr std::size_t optical_descriptor_count = 16;
inline constexpr std::size_t iso_label_at = 40;  // in the primary descriptor
inline constexpr std::size_t iso_label_size = 32;

}  // namespace casement::foreign_layout
