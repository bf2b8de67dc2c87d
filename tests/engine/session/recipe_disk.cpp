// SPDX-License-Identifier: Apache-2.0
// Volumes from the builders at the places that the recipe's hives and boot store name.
#include "tests/engine/session/recipe_disk.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/disk/mbr_builder.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "fixtures/build/fat/fat_builder.h"
#include "fixtures/build/ntfs/ntfs_builder.h"
#include "tests/vfs/volume/bitlocker_support.h"

namespace casement::test {
namespace {

using fixture::DiskPiece;
using fixture::PartitionUse;
using fixture::PlannedPartition;

constexpr std::uint64_t sector_size = 512;
constexpr std::uint64_t windows_size = std::uint64_t{64} << 20;

fixture::Guid type_of(PartitionUse use) {
  switch (use) {
    case PartitionUse::efi_system:
      return fixture::gpt_type::efi_system;
    case PartitionUse::reserved:
      return fixture::gpt_type::reserved;
    case PartitionUse::recovery:
      return fixture::gpt_type::recovery;
    case PartitionUse::bios_system:
    case PartitionUse::windows:
      break;
  }
  return fixture::gpt_type::basic_data;
}

std::vector<DiskPiece> gpt_of(const fixture::DiskPlan& plan) {
  fixture::GptDisk disk;
  disk.sector_count = plan.size / sector_size;
  disk.disk_id = plan.disk_id;
  for (const PlannedPartition& partition : plan.partitions) {
    disk.slots.push_back(
        fixture::GptSlot{.type = type_of(partition.use),
                         .id = partition.id,
                         .first_sector = partition.offset / sector_size,
                         .last_sector = (partition.offset + partition.size) / sector_size - 1});
  }
  return fixture::build_gpt_tables(disk);
}

std::vector<DiskPiece> mbr_of(const fixture::DiskPlan& plan) {
  std::array<std::optional<fixture::MbrSlot>, 4> slots;
  if (plan.partitions.size() > slots.size()) {
    throw std::invalid_argument("more partitions than an MBR holds");
  }
  for (std::size_t i = 0; i < plan.partitions.size(); ++i) {
    const PlannedPartition& partition = plan.partitions[i];
    slots.at(i) = fixture::MbrSlot{.first_sector = partition.offset / sector_size,
                                   .sector_count = partition.size / sector_size,
                                   .active = partition.use == PartitionUse::bios_system};
  }
  DiskPiece record{.offset = 0, .bytes = fixture::ByteVector(sector_size)};
  fixture::put_boot_record(record.bytes, plan.signature, slots);
  return {std::move(record)};
}

fixture::ByteVector efi_volume_of(const fixture::Tree& tree, std::uint64_t start_offset) {
  fixture::FatBuilder volume(
      {.kind = fixture::FatKind::fat32,
       .cluster_count = 8192,
       .hidden_sectors = static_cast<std::uint32_t>(start_offset / sector_size)});
  volume.add_tree(tree);
  return volume.build().bytes;
}

fixture::ByteVector volume_of(const RecipeDisk& disk, const PlannedPartition& partition) {
  if (disk.locked.contains(partition.drive)) {
    return build_bitlocker({});
  }
  const fixture::Tree tree = partition.use == PartitionUse::recovery
                                 ? disk.recovery
                                 : disk.drives.subtree(std::string(1, partition.drive));
  return partition.use == PartitionUse::efi_system ? efi_volume_of(tree, partition.offset)
                                                   : ntfs_volume_of(tree, partition.offset);
}

/// What Setup leaves there. The WIM is its header's magic alone: nobody looks into it.
fixture::Tree recovery_tree() {
  fixture::Tree tree;
  tree.add_file("Recovery/WindowsRE/Winre.wim", std::string_view("MSWIM\0\0\0", 8));
  tree.add_file("Recovery/WindowsRE/boot.sdi", std::string_view("$SDI0001"));
  tree.add_file("Recovery/WindowsRE/ReAgent.xml", std::string_view("<WindowsRE/>"));
  return tree;
}

}  // namespace

RecipeDisk recipe_disk(const fixture::ImageRecipe& recipe) {
  fixture::ImageRecipe on_drives = recipe;
  on_drives.layout = fixture::Layout::drives;
  RecipeDisk disk{.plan = plan_disk(on_drives, windows_size),
                  .drives = build_image(on_drives),
                  .recovery = recovery_tree()};
  if (recipe.virtual_disk) {
    const RecipeDisk inner{.plan = plan_virtual_disk(recipe, windows_size), .drives = disk.drives};
    disk.drives.add_file("V/" + recipe.virtual_disk->path, fixture::build_vhdx(content_of(inner)));
  }
  return disk;
}

RecipeDisk recipe_disk(std::string_view name) {
  const auto recipe = fixture::find_recipe(name);
  if (!recipe) {
    throw std::invalid_argument("no recipe " + std::string(name));
  }
  return recipe_disk(*recipe);
}

fixture::ByteVector ntfs_volume_of(const fixture::Tree& tree, std::uint64_t start_offset) {
  fixture::NtfsOptions options;
  options.hidden_sectors = static_cast<std::uint32_t>(start_offset / sector_size);
  const fixture::NtfsBuilder volume(options);
  for (const fixture::Tree::Node* node : tree.nodes()) {
    if (node->directory) {
      (void)volume.directory(node->path);
    } else {
      (void)volume.file(node->path, node->content);
    }
  }
  return volume.build();
}

fixture::DiskContent content_of(const RecipeDisk& disk) {
  std::vector<DiskPiece> pieces = disk.plan.gpt ? gpt_of(disk.plan) : mbr_of(disk.plan);
  for (const PlannedPartition& partition : disk.plan.partitions) {
    if (partition.use == PartitionUse::reserved) {
      continue;
    }
    fixture::ByteVector volume = volume_of(disk, partition);
    if (volume.size() > partition.size) {
      throw std::invalid_argument("a tree that is too large for its partition");
    }
    pieces.push_back({.offset = partition.offset, .bytes = std::move(volume)});
  }
  return fixture::sparse_disk(disk.plan.size, std::move(pieces));
}

void write_vhdx(const RecipeDisk& disk, const std::string& path) {
  fixture::write_vhdx_file(path, content_of(disk));
}

void write_raw(const RecipeDisk& disk, const std::string& path) {
  constexpr std::uint64_t step = std::uint64_t{1} << 20;
  const fixture::DiskContent content = content_of(disk);
  fixture::FileSink sink(path);
  sink.extend(content.size);
  for (std::uint64_t offset = 0; offset < content.size; offset += step) {
    fixture::ByteVector piece(std::min(step, content.size - offset));
    if (content.holds(offset, piece.size())) {
      content.read(offset, piece);
      sink.write(offset, piece);
    }
  }
  sink.close();
}

}  // namespace casement::test
