// SPDX-License-Identifier: Apache-2.0
// The boot catalog of optical media ("El Torito"): what a firmware may start from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement {

/// BootCatalogEntry::platform
namespace boot_platform {
inline constexpr std::uint8_t bios = 0x00;
inline constexpr std::uint8_t power_pc = 0x01;
inline constexpr std::uint8_t mac = 0x02;
inline constexpr std::uint8_t efi = 0xEF;
}  // namespace boot_platform

/// BootCatalogEntry::media: what the image pretends to be.
enum class BootMedia : std::uint8_t {
  none = 0,
  floppy_1200 = 1,
  floppy_1440 = 2,
  floppy_2880 = 3,
  hard_disk = 4
};

/// One image that can be started.
struct BootCatalogEntry {
  std::uint8_t platform = 0;  // of its section
  std::string section_id;     // of its section; the default entry's is that of the catalog
  bool bootable = false;
  std::uint8_t media = 0;           // BootMedia, or what the catalog has instead
  std::uint16_t load_segment = 0;   // as stored; 0 stands for 0x7C0
  std::uint8_t system_type = 0;     // of the partition in a hard disk image
  std::uint16_t sector_count = 0;   // of 512 bytes, that the firmware loads
  std::uint32_t load_block = 0;     // of 2048 bytes, where the image begins
  std::uint8_t selection_type = 0;  // of the criteria of sections; 0: none
};

struct BootCatalog {
  std::uint32_t sector = 0;  // of 2048 bytes, where it lies
  std::uint8_t platform = 0;
  std::string id;  // of the manufacturer
  bool checksum_valid = false;
  bool key_valid = false;                 // 55 AA behind the checksum
  std::vector<BootCatalogEntry> entries;  // the default one first
  /// "boot-catalog": what does not follow the specification.
  Diagnostics findings;
};

/// The catalog that the boot record of the volume names; nullopt when there are no ISO 9660
/// descriptors or no boot record among them. truncated: it lies outside of the image. corrupt: it
/// has no validation entry.
Result<std::optional<BootCatalog>> read_boot_catalog(const ByteSource& volume);

/// "BIOS", "PowerPC", "Mac", "EFI" or the number: for people.
std::string boot_platform_name(std::uint8_t platform);
/// "no emulation", "1.44 MB floppy", ...: for people.
std::string boot_media_name(std::uint8_t media);

}  // namespace casement
