// SPDX-License-Identifier: Apache-2.0
// Recipes as whole disks, written by our own builders alone: no program of the host is needed.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/tree_writer.h"
#include "fixtures/recipes/disk_plan.h"
#include "fixtures/recipes/image_recipe.h"

namespace casement::test {

/// What will be on the disk; a test may change everything before it is written.
struct RecipeDisk {
  fixture::DiskPlan plan;
  fixture::Tree drives;         // "C/Windows/...", "S/EFI/..."
  std::set<char> locked = {};   // drives whose volume BitLocker has
  fixture::Tree recovery = {};  // of the recovery partition
};

/// std::invalid_argument: no such recipe, or it boots from no disk.
RecipeDisk recipe_disk(std::string_view name);
RecipeDisk recipe_disk(const fixture::ImageRecipe& recipe);

/// The tree as an NTFS volume that knows where on its disk it lies.
fixture::ByteVector ntfs_volume_of(const fixture::Tree& tree, std::uint64_t start_offset);

/// Partition table, a FAT32 EFI system partition, NTFS on the others. The volumes are smaller than
/// their partitions. std::invalid_argument: a tree that does not fit, or more than four partitions
/// of an MBR.
fixture::DiskContent content_of(const RecipeDisk& disk);

/// A dynamic VHDX of it.
void write_vhdx(const RecipeDisk& disk, const std::string& path);
/// The disk as it is; a sparse file.
void write_raw(const RecipeDisk& disk, const std::string& path);

}  // namespace casement::test
