// SPDX-License-Identifier: Apache-2.0
// Small disk images in memory and on the host, for tests that open them from the outside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/bytes.h"
#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/ntfs/ntfs_builder.h"
#include "vfs/open/opener.h"

namespace casement::test {

namespace fx = casement::fixture;

/// A volume of one file, "\where.txt", that says `text`.
fx::ByteVector ntfs_saying(std::string_view text);
fx::ByteVector fat_saying(std::string_view text);
/// A volume of these files: path and content.
fx::ByteVector ntfs_holding(const std::string& path, fx::ByteVector content);
fx::ByteVector fat_holding(const std::string& path, fx::ByteVector content);

/// What lies on one partition.
struct OnPartition {
  fx::ByteVector bytes;
  fx::Guid type = fx::gpt_type::basic_data;
};

/// Where the first partition of these disks begins.
inline constexpr std::uint64_t first_partition_sector = 64;

/// The volumes one behind the other, as partitions 1, 2, ...
fx::ByteVector gpt_disk_of(const std::vector<OnPartition>& volumes);
/// The sector in which partition `number` of that disk begins.
std::uint64_t first_sector_of(const std::vector<OnPartition>& volumes, std::size_t number);
/// An EFI system partition and an NTFS volume that say "esp" and "windows".
std::vector<OnPartition> esp_and_ntfs();

/// A FAT volume on partition 1, NTFS volumes on the logical partitions 5 and 6; they say "first",
/// "fifth" and "sixth".
fx::ByteVector mbr_disk_with_logical_partitions();

/// What "\where.txt" of the volume says; "unreadable" without a file system.
std::string says(const Volume& volume);
/// says() of all volumes, with a space between.
std::string all_say(const OpenedImage& image);
/// The kinds of all layers, with a space between.
std::string layers_of(const OpenedImage& image);

/// Everything that a program could have changed of a host directory's files: names, bytes, modes
/// and times to the nanosecond.
std::string state_of(const std::string& directory);

}  // namespace casement::test
