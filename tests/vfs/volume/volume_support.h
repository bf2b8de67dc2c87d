// SPDX-License-Identifier: Apache-2.0
// Disks and volumes that the tests of this folder build.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/disk/mbr_builder.h"
#include "tests/support/matchers.h"
#include "vfs/core/guid.h"
#include "vfs/source/memory_source.h"
#include "vfs/volume/partition.h"

namespace casement::test {

namespace fx = casement::fixture;

inline PartitionTable table_of(std::vector<std::byte> disk,
                               std::optional<std::uint32_t> sector_size = {},
                               const Limits& limits = {}) {
  return must(
      read_partition_table(make_memory_source(std::move(disk), "disk"), sector_size, limits));
}

/// The codes of the findings, in order, separated by spaces.
inline std::string codes(const PartitionTable& table) {
  std::string text;
  for (const Diagnostic& finding : table.diagnostics.items()) {
    text += (text.empty() ? "" : " ") + finding.code;
  }
  return text;
}

/// "1:2048+100 5:4096+8": number, first sector, sectors.
inline std::string places(const PartitionTable& table) {
  std::string text;
  for (const Partition& one : table.partitions) {
    text += (text.empty() ? "" : " ") + std::to_string(one.number) + ":" +
            std::to_string(one.offset / table.sector_size) + "+" +
            std::to_string(one.size / table.sector_size);
  }
  return text;
}

inline Guid id(const fx::Guid& from) {
  return Guid::from_bytes(from.bytes);
}

/// Primaries in slots 1 and 4, a container in slot 3, three logical partitions.
inline fx::MbrDisk divided_disk(std::uint32_t sector_size = 512) {
  return {
      .sector_size = sector_size,
      .sector_count = 400,
      .signature = 0x12345678,
      .slots = {{fx::MbrSlot{.first_sector = 8, .sector_count = 32, .active = true}, std::nullopt,
                 fx::MbrSlot{.type = 0x0F, .first_sector = 100, .sector_count = 200},
                 fx::MbrSlot{.type = 0x27, .first_sector = 300, .sector_count = 50}}},
      .logical = {{.type = 0x0B, .first_sector = 104, .sector_count = 16},
                  {.type = 0x83, .first_sector = 130, .sector_count = 20},
                  {.type = 0x07, .first_sector = 160, .sector_count = 40}}};
}

/// Recovery, ESP, MSR, an unused entry, and the system: as Windows setup divides a disk.
inline fx::GptDisk gpt_disk(std::uint32_t sector_size = 512) {
  return {.sector_size = sector_size,
          .sector_count = 300,
          .disk_id = fx::derived_guid("disk"),
          .slots = {fx::GptSlot{.type = fx::gpt_type::recovery,
                                .id = fx::derived_guid("recovery"),
                                .first_sector = 40,
                                .last_sector = 59,
                                .attributes = 0x8000000000000001,
                                .name = "Recovery"},
                    fx::GptSlot{.type = fx::gpt_type::efi_system,
                                .id = fx::derived_guid("esp"),
                                .first_sector = 60,
                                .last_sector = 99},
                    fx::GptSlot{.type = fx::gpt_type::reserved,
                                .id = fx::derived_guid("msr"),
                                .first_sector = 100,
                                .last_sector = 119},
                    std::nullopt,
                    fx::GptSlot{.id = fx::derived_guid("system"),
                                .first_sector = 120,
                                .last_sector = 260,
                                .name = u"Windows \u00e4\xD800"}}};
}

/// A boot sector of NTFS, as far as anybody needs it who does not open the volume.
inline void put_ntfs_boot_sector(std::span<std::byte> sector, std::uint16_t sector_size) {
  fx::put_bytes(sector, 0, fx::ascii_bytes("\xEBR\x90NTFS    "));
  fx::put_u16(sector, 11, sector_size);
  sector[13] = std::byte{1};
  fx::put_u64(sector, 0x28, 4095);
  fx::put_u16(sector, 510, 0xAA55);
}

}  // namespace casement::test
