// SPDX-License-Identifier: Apache-2.0
// The boot catalog as it lies on disk: "El Torito" Bootable CD-ROM Format Specification 1.0.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::el_torito_layout {

inline constexpr std::size_t entry_size = 32;

/// Figure 2: the first entry. All its words add up to 0.
struct ValidationEntry {
  std::uint8_t header;    // +0x00: 1
  std::uint8_t platform;  // +0x01
  le16 reserved;          // +0x02
  char id[24];            // +0x04: of the manufacturer
  le16 checksum;          // +0x1C
  std::uint8_t key_55;    // +0x1E
  std::uint8_t key_aa;    // +0x1F
};
static_assert(sizeof(ValidationEntry) == entry_size);

/// Figures 3 and 5: the default entry, and those of sections.
struct BootEntry {
  std::uint8_t indicator;       // +0x00: 0x88 bootable, 0 not
  std::uint8_t media;           // +0x01: low four bits: the kind; bit 5: an extension follows
  le16 load_segment;            // +0x02: 0: 0x7C0
  std::uint8_t system_type;     // +0x04: of the partition in the image of a hard disk
  std::uint8_t unused;          // +0x05
  le16 sector_count;            // +0x06: of 512 bytes
  le32 load_block;              // +0x08: of 2048 bytes
  std::uint8_t selection_type;  // +0x0C
  std::uint8_t selection[19];   // +0x0D
};
static_assert(sizeof(BootEntry) == entry_size);

/// Figure 4
struct SectionHeader {
  std::uint8_t indicator;  // +0x00: 0x90, of the last one 0x91
  std::uint8_t platform;   // +0x01
  le16 count;              // +0x02: of entries that follow
  char id[28];             // +0x04
};
static_assert(sizeof(SectionHeader) == entry_size);

/// Figure 6: more selection criteria of the entry before.
struct EntryExtension {
  std::uint8_t indicator;      // +0x00: 0x44
  std::uint8_t flags;          // +0x01: bit 5: another one follows
  std::uint8_t selection[30];  // +0x02
};
static_assert(sizeof(EntryExtension) == entry_size);

namespace indicator {
inline constexpr std::uint8_t validation = 0x01;
inline constexpr std::uint8_t extension = 0x44;
inline constexpr std::uint8_t bootable = 0x88;
inline constexpr std::uint8_t section = 0x90;
inline constexpr std::uint8_t last_section = 0x91;
}  // namespace indicator

inline constexpr std::uint8_t media_kind_mask = 0x0F;
inline constexpr std::uint8_t extension_follows = 0x20;

}  // namespace casement::el_torito_layout
