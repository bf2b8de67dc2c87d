// SPDX-License-Identifier: Apache-2.0
// From partition tables to the volumes of an image.
#include "tests/engine/image/disk_image.h"

#include <algorithm>

#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"
#include "vfs/volume/partition.h"

namespace casement::test {

void add_disk(OpenedImage& image, const std::vector<std::byte>& disk, const DiskTrees& content) {
  const PartitionTable table =
      must(read_partition_table(make_memory_source(disk, "disk"), std::nullopt, {}));
  const bool first = image.volumes.empty();
  for (const Partition& partition : table.partitions) {
    Volume volume;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    volume.name = (first ? "" : "disk 2 ") + ("partition " + std::to_string(partition.number));
    volume.identity = {.partition_id = partition.id,
                       .disk_id = table.disk_id,
                       .mbr_signature = table.mbr_signature,
                       .start_offset = partition.offset};
    volume.partition = partition;
    volume.bytes = partition.bytes;
    const auto tree = content.trees.find(partition.number);
    volume.locked = std::ranges::find(content.locked, partition.number) != content.locked.end();
    if (tree != content.trees.end()) {
      volume.file_system = volume_of(tree->second);
      volume.content = "memory";
    } else {
      volume.content = volume.locked ? "bitlocker" : "";
      volume.reason = volume.locked ? locked_reason : "unknown content";
    }
    image.volumes.push_back(std::move(volume));
  }
}

OpenedImage image_of_disk(const std::vector<std::byte>& disk, const DiskTrees& content) {
  OpenedImage image;
  image.path = "/images/disk.img";
  add_disk(image, disk, content);
  return image;
}

OpenedImage image_of_disks(const std::vector<std::byte>& first, const DiskTrees& first_content,
                           const std::vector<std::byte>& second, const DiskTrees& second_content) {
  OpenedImage image = image_of_disk(first, first_content);
  add_disk(image, second, second_content);
  return image;
}

fixture::ByteVector boot_store(const fixture::BcdPlace& boot_manager,
                               const fixture::BcdPlace& os_place, bool uefi,
                               const std::string& windows_directory) {
  fixture::BcdEntry entry;
  entry.description = "Windows 11";
  entry.os_device = fixture::device_at(os_place);
  entry.windows_directory = windows_directory;
  fixture::BcdStorePlan plan;
  plan.uefi = uefi;
  plan.boot_manager_place = boot_manager;
  plan.entries = {entry};
  return fixture::build_bcd_store(plan).build();
}

fixture::GptDisk gpt_plan(const std::string& name) {
  using fixture::GptSlot;
  const auto slot = [&name](const fixture::Guid& type, const char* what, std::uint64_t first) {
    return GptSlot{.type = type,
                   .id = fixture::derived_guid(name + what),
                   .first_sector = first,
                   .last_sector = first + 39};
  };
  return {.sector_count = 300,
          .disk_id = fixture::derived_guid(name),
          .slots = {slot(fixture::gpt_type::recovery, " recovery", 40),
                    slot(fixture::gpt_type::efi_system, " esp", 80),
                    slot(fixture::gpt_type::reserved, " msr", 120),
                    slot(fixture::gpt_type::basic_data, " windows", 160)}};
}

fixture::GptPartition gpt_place(const fixture::GptDisk& disk, std::uint32_t number) {
  return {.partition = disk.slots.at(number - 1)->id, .disk = disk.disk_id};
}

fixture::MbrDisk mbr_plan(std::uint32_t signature, std::uint32_t sector_size) {
  using fixture::MbrSlot;
  return {.sector_size = sector_size,
          .sector_count = 400,
          .signature = signature,
          .slots = {{MbrSlot{.first_sector = 8, .sector_count = 40, .active = true},
                     MbrSlot{.first_sector = 50, .sector_count = 100},
                     MbrSlot{.type = 0x0F, .first_sector = 200, .sector_count = 150}}},
          .logical = {{.first_sector = 204, .sector_count = 40},
                      {.first_sector = 260, .sector_count = 40}}};
}

fixture::MbrPartition mbr_place(const fixture::MbrDisk& disk, std::uint64_t first_sector) {
  return {.byte_offset = first_sector * disk.sector_size, .disk_signature = disk.signature};
}

}  // namespace casement::test
