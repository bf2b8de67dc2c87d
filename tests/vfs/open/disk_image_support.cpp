// SPDX-License-Identifier: Apache-2.0
// Volumes from the builders, put behind partition tables.
#include "tests/vfs/open/disk_image_support.h"

#include <sys/stat.h>

#include <algorithm>
#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <span>
#include <sstream>

#include "fixtures/build/fat/fat_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"

namespace casement::test {
namespace {

namespace bfs = boost::filesystem;

constexpr std::uint64_t sector_size = 512;
constexpr const char* sign = "where.txt";

std::uint64_t sectors_of(const fx::ByteVector& volume) {
  return volume.size() / sector_size;
}

void put_volume(fx::ByteVector& disk, std::uint64_t sector, const fx::ByteVector& volume) {
  fx::put_bytes(disk, static_cast<std::size_t>(sector * sector_size), volume);
}

}  // namespace

fx::ByteVector ntfs_holding(const std::string& path, fx::ByteVector content) {
  const fx::NtfsBuilder volume;
  (void)volume.file(path, std::move(content));
  return volume.build();
}

fx::ByteVector fat_holding(const std::string& path, fx::ByteVector content) {
  fx::FatBuilder volume({.kind = fx::FatKind::fat16});
  volume.add_file(path, std::move(content));
  return volume.build().bytes;
}

fx::ByteVector ntfs_saying(std::string_view text) {
  return ntfs_holding(sign, fx::ascii_bytes(text));
}

fx::ByteVector fat_saying(std::string_view text) {
  return fat_holding(sign, fx::ascii_bytes(text));
}

std::uint64_t first_sector_of(const std::vector<OnPartition>& volumes, std::size_t number) {
  std::uint64_t sector = first_partition_sector;
  for (std::size_t i = 0; i + 1 < number; ++i) {
    sector += sectors_of(volumes.at(i).bytes);
  }
  return sector;
}

fx::ByteVector gpt_disk_of(const std::vector<OnPartition>& volumes) {
  constexpr std::uint64_t tail = 64;  // room for the backup table
  fx::GptDisk plan;
  plan.disk_id = fx::derived_guid("disk");
  for (std::size_t number = 1; number <= volumes.size(); ++number) {
    const OnPartition& volume = volumes[number - 1];
    const std::uint64_t first = first_sector_of(volumes, number);
    plan.slots.push_back(fx::GptSlot{.type = volume.type,
                                     .id = fx::derived_guid("partition " + std::to_string(number)),
                                     .first_sector = first,
                                     .last_sector = first + sectors_of(volume.bytes) - 1});
  }
  plan.sector_count = first_sector_of(volumes, volumes.size() + 1) + tail;
  fx::ByteVector disk = fx::build_gpt_disk(plan);
  for (std::size_t number = 1; number <= volumes.size(); ++number) {
    put_volume(disk, first_sector_of(volumes, number), volumes[number - 1].bytes);
  }
  return disk;
}

std::vector<OnPartition> esp_and_ntfs() {
  return {{.bytes = fat_saying("esp"), .type = fx::gpt_type::efi_system},
          {.bytes = ntfs_saying("windows")}};
}

fx::ByteVector mbr_disk_with_logical_partitions() {
  const fx::ByteVector first = fat_saying("first");
  const fx::ByteVector fifth = ntfs_saying("fifth");
  const fx::ByteVector sixth = ntfs_saying("sixth");
  constexpr std::uint64_t gap = 64;  // in front of a logical partition, for its boot record
  const std::uint64_t extended = first_partition_sector + sectors_of(first);
  const std::uint64_t at_fifth = extended + gap;
  const std::uint64_t at_sixth = at_fifth + sectors_of(fifth) + gap;
  const std::uint64_t end = at_sixth + sectors_of(sixth);
  fx::MbrDisk plan;
  plan.sector_count = end;
  plan.signature = 0x11223344;
  plan.slots = {
      fx::MbrSlot{.type = 0x06,
                  .first_sector = first_partition_sector,
                  .sector_count = sectors_of(first),
                  .active = true},
      fx::MbrSlot{.type = 0x0F, .first_sector = extended, .sector_count = end - extended}};
  plan.logical = {{.first_sector = at_fifth, .sector_count = sectors_of(fifth)},
                  {.first_sector = at_sixth, .sector_count = sectors_of(sixth)}};
  fx::ByteVector disk = fx::build_mbr_disk(plan);
  put_volume(disk, first_partition_sector, first);
  put_volume(disk, at_fifth, fifth);
  put_volume(disk, at_sixth, sixth);
  return disk;
}

std::string says(const Volume& volume) {
  return volume.file_system ? content_at(*volume.file_system, sign) : "unreadable";
}

std::string all_say(const OpenedImage& image) {
  std::string text;
  for (const Volume& volume : image.volumes) {
    text += (text.empty() ? "" : " ") + says(volume);
  }
  return text;
}

std::string layers_of(const OpenedImage& image) {
  std::string text;
  for (const Layer& layer : image.layers) {
    text += (text.empty() ? "" : " ") + layer.kind;
  }
  return text;
}

std::string state_of(const std::string& directory) {
  std::vector<std::string> lines;
  for (const bfs::directory_entry& entry : bfs::recursive_directory_iterator(directory)) {
    struct stat facts{};
    BOOST_REQUIRE_EQUAL(::stat(entry.path().c_str(), &facts), 0);
    std::ostringstream line;
    line << entry.path().string() << ' ' << facts.st_mode << ' ' << facts.st_size << ' '
         << facts.st_mtim.tv_sec << '.' << facts.st_mtim.tv_nsec << ' ' << facts.st_ctim.tv_sec
         << '.' << facts.st_ctim.tv_nsec;
    if (bfs::is_regular_file(entry.path())) {
      std::ifstream file(entry.path().string(), std::ios::binary);
      line << ' ' << std::string(std::istreambuf_iterator<char>(file), {});
    }
    lines.push_back(line.str());
  }
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) {
    text += line + '\n';
  }
  return text;
}

}  // namespace casement::test
