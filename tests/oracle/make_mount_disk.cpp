// SPDX-License-Identifier: Apache-2.0
// Writes a disk image with everything that a mount shows in a way of its own.
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "fixtures/build/ntfs/ntfs_builder.h"
#include "fixtures/build/ntfs/ntfs_reparse.h"

namespace casement::fixture {
namespace {

constexpr std::uint64_t sector_size = 512;
/// Of the second partition, which a link names.
constexpr const char* second_partition = "11111111-2222-4333-8444-555555555555";
/// More than one answer to the kernel holds.
constexpr int many = 5'000;

/// Bytes that differ from place to place, and do not compress.
ByteVector noise(std::size_t size, std::uint32_t seed) {
  ByteVector bytes(size);
  for (std::byte& byte : bytes) {
    seed = seed * 1'664'525 + 1'013'904'223;
    byte = static_cast<std::byte>(seed >> 24);
  }
  return bytes;
}

void add_contents(const NtfsBuilder& volume) {
  (void)volume.file("\\content\\empty", "");
  (void)volume.file("\\content\\resident", "a few bytes");
  (void)volume.file("\\content\\plain", noise(3'000'017, 1));
  (void)volume.file("\\content\\fragmented", NtfsData{.bytes = noise(700'001, 2), .fragments = 40});
  ByteVector holes(1'000'000);
  put_bytes(holes, 500'000, noise(5'000, 3));
  (void)volume.file("\\content\\sparse", NtfsData{.bytes = holes, .storage = NtfsStorage::sparse});
  ByteVector text;
  for (int i = 0; i < 40'000; ++i) {
    const ByteVector line = ascii_bytes("line " + std::to_string(i % 100) + "\n");
    text.insert(text.end(), line.begin(), line.end());
  }
  (void)volume.file("\\content\\compressed",
                    NtfsData{.bytes = text, .storage = NtfsStorage::compressed});
  (void)volume.file("\\content\\wof xpress").wof(WofAlgorithm::xpress4k, text);
  (void)volume.file("\\content\\wof lzx").wof(WofAlgorithm::lzx, text);
  (void)volume.file("\\refused\\encrypted").encrypted(noise(1024, 4), 1000);
  (void)volume.file("\\refused\\wimboot").reparse(wof_wim_reparse(1, 100, 100, 0));
  constexpr std::uint32_t recall_on_data_access = 0x0040'0000;
  (void)volume
      .file("\\refused\\cloud",
            NtfsData{.bytes = ByteVector(50'000), .storage = NtfsStorage::sparse})
      .reparse(cloud_reparse())
      .attributes(recall_on_data_access);
}

void add_names(const NtfsBuilder& volume) {
  const NtfsEntry names = volume.directory("\\names");
  (void)names.file("A long file name.text", "8.3").short_name("ALONGF~1.TEX");
  (void)names.file("stra\u00DFe \u65E5\u672C \U0001F600", "letters");
  (void)names.file(std::u16string{u'l', u'o', u'n', u'e', 0xD83D}, "a surrogate");
  (void)names.file(std::u16string(255, u'\u65E5'), "765 bytes of UTF-8");
  (void)names.file("trailing. ", "dot and blank");
  const NtfsEntry linked = names.file("linked", "three names");
  (void)linked.link(names, "linked again").link(volume.directory("\\content"), "linked there");
  const NtfsEntry sensitive = volume.directory("\\sensitive").case_sensitive();
  (void)sensitive.file("same", "small");
  (void)sensitive.file("SAME", "LARGE");
}

void add_links(const NtfsBuilder& volume) {
  (void)volume.file("\\links\\deep\\target.txt", "the target\n");
  const auto junction = [&](const char* path, const std::string& target) {
    (void)volume.directory(path).reparse(mount_point_reparse(target, ""));
  };
  const auto symlink = [&](const char* path, const char* target, bool relative) {
    (void)volume.file(path).reparse(symlink_reparse(target, "", relative));
  };
  junction("\\links\\junction", "\\??\\C:\\LINKS\\Deep");
  symlink("\\links\\absolute", "\\??\\C:\\links\\deep\\target.txt", false);
  symlink("\\links\\deep\\relative", "..\\deep\\target.txt", true);
  symlink("\\links\\from root", "\\links\\deep\\target.txt", true);
  symlink("\\links\\outside", "..\\..\\..\\..\\..\\..\\..\\..\\etc\\passwd", true);
  symlink("\\links\\outside by junction", "junction\\..\\..\\..\\..\\..\\..\\..\\etc", true);
  symlink("\\links\\another drive", "\\??\\X:\\somewhere", false);
  symlink("\\links\\nowhere", "not there", true);
  junction("\\links\\volume", std::string("\\??\\Volume{") + second_partition + "}\\");
  (void)volume.file("\\links\\linux").reparse(lx_symlink_reparse("/etc/passwd"));
}

void add_attributes(const NtfsBuilder& volume) {
  (void)volume.file("\\attributes\\streams", "main")
      .stream("Zone.Identifier", "[ZoneTransfer]\r\nZoneId=3\r\n")
      .stream("empty", "")
      .stream("large", NtfsData{.bytes = noise(100'000, 5)});
  (void)volume.directory("\\attributes\\with stream").stream("of a directory", "x");
  (void)volume.file("\\attributes\\times", "x")
      .times({.created = 132'223'104'012'345'678,
              .modified = 132'223'105'012'345'671,
              .changed = 132'223'106'012'345'672,
              .accessed = 132'223'107'012'345'673})
      .attributes(0x0027);
}

ByteVector large_volume() {
  const NtfsBuilder volume({.label = "Mount me"});
  add_contents(volume);
  add_names(volume);
  add_links(volume);
  add_attributes(volume);
  const NtfsEntry crowd = volume.directory("\\crowd");
  for (int i = 0; i < many; ++i) {
    (void)crowd.file("file " + std::to_string(i), "");
  }
  return volume.build();
}

ByteVector small_volume() {
  const NtfsBuilder volume({.label = "Other"});
  (void)volume.file("\\other.txt", "on the other volume\n");
  return volume.build();
}

ByteVector disk_of(const ByteVector& first, const ByteVector& second) {
  constexpr std::uint64_t first_sector = 64;
  constexpr std::uint64_t tail = 64;  // room for the backup table
  GptDisk plan;
  plan.disk_id = derived_guid("mount disk");
  std::uint64_t next = first_sector;
  const std::vector<const ByteVector*> volumes{&first, &second};
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    const std::uint64_t sectors = volumes[i]->size() / sector_size;
    plan.slots.push_back(
        GptSlot{.type = gpt_type::basic_data,
                .id = i == 1 ? Guid::parse(second_partition) : derived_guid("mount partition"),
                .first_sector = next,
                .last_sector = next + sectors - 1});
    next += sectors;
  }
  plan.sector_count = next + tail;
  ByteVector disk = build_gpt_disk(plan);
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    put_bytes(disk, static_cast<std::size_t>(plan.slots[i]->first_sector * sector_size),
              *volumes[i]);
  }
  return disk;
}

}  // namespace
}  // namespace casement::fixture

int main(int argc, char** argv) {
  using namespace casement::fixture;
  if (argc != 2) {
    std::cerr << "usage: make_mount_disk FILE.vhdx\n";
    return 2;
  }
  try {
    write_vhdx_file(argv[1], whole_disk(disk_of(large_volume(), small_volume())));
  } catch (const std::exception& error) {
    std::cerr << "make_mount_disk: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
