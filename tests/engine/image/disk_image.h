// SPDX-License-Identifier: Apache-2.0
// Images of whole disks: real partition tables, with a tree for each partition that can be read.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fixtures/build/bcd_builder.h"
#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/disk/mbr_builder.h"
#include "tests/engine/image/image_support.h"

namespace casement::test {

/// What is on the partitions of one disk, by their numbers. The others cannot be read; a locked one
/// says that it is BitLocker's.
struct DiskTrees {
  std::map<std::uint32_t, fixture::Tree> trees = {};
  std::vector<std::uint32_t> locked = {};
};

inline constexpr const char* locked_reason =
    "BitLocker volume, fully encrypted (XTS-AES 128), protectors: TPM {...}";

/// Adds a volume for each partition, as opening a disk image does: "partition 2".
void add_disk(OpenedImage& image, const std::vector<std::byte>& disk, const DiskTrees& content);

OpenedImage image_of_disk(const std::vector<std::byte>& disk, const DiskTrees& content);

/// The same with a second disk behind it; its volumes are "disk 2 partition 1".
OpenedImage image_of_disks(const std::vector<std::byte>& first, const DiskTrees& first_content,
                           const std::vector<std::byte>& second, const DiskTrees& second_content);

/// A store with one entry, "Windows 11", that starts `windows_directory` on `os_place`.
fixture::ByteVector boot_store(const fixture::BcdPlace& boot_manager,
                               const fixture::BcdPlace& os_place, bool uefi = true,
                               const std::string& windows_directory = "\\Windows");

/// As Windows setup divides a GPT disk: recovery, ESP, MSR, Windows. `name` tells disks apart.
fixture::GptDisk gpt_plan(const std::string& name);
/// Where partition `number` of that disk is.
fixture::GptPartition gpt_place(const fixture::GptDisk& disk, std::uint32_t number);

/// As Windows setup divides an MBR disk (active system partition, Windows), and two logical
/// partitions behind.
fixture::MbrDisk mbr_plan(std::uint32_t signature, std::uint32_t sector_size = 512);
/// Where something that begins in that sector is.
fixture::MbrPartition mbr_place(const fixture::MbrDisk& disk, std::uint64_t first_sector);

}  // namespace casement::test
