// SPDX-License-Identifier: Apache-2.0
// Disk images small enough to be made for every run.
#include "tests/cli/make_cli_disks.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/disk/gpt_builder.h"
#include "fixtures/build/disk/vhdx_builder.h"
#include "fixtures/build/fat/fat_builder.h"
#include "fixtures/build/ntfs/ntfs_builder.h"
#include "tests/engine/session/recipe_disk.h"
#include "tests/vfs/volume/bitlocker_support.h"

namespace casement::test {
namespace {

constexpr std::uint64_t sector_size = 512;
constexpr fixture::FatMoment modified{
    .year = 2024, .month = 1, .day = 2, .hour = 3, .minute = 4, .second = 6};

struct OnPartition {
  fixture::ByteVector bytes;
  fixture::Guid type = fixture::gpt_type::basic_data;
};

/// The volumes one behind the other, each on a partition of its own.
fixture::ByteVector disk_of(const std::vector<OnPartition>& volumes) {
  constexpr std::uint64_t first_sector = 64;
  constexpr std::uint64_t tail = 64;  // room for the backup table
  fixture::GptDisk plan;
  plan.disk_id = fixture::derived_guid("cli disk");
  std::uint64_t next = first_sector;
  for (const OnPartition& volume : volumes) {
    const std::uint64_t sectors = volume.bytes.size() / sector_size;
    plan.slots.push_back(fixture::GptSlot{
        .type = volume.type,
        .id = fixture::derived_guid("cli partition " + std::to_string(plan.slots.size() + 1)),
        .first_sector = next,
        .last_sector = next + sectors - 1});
    next += sectors;
  }
  plan.sector_count = next + tail;
  fixture::ByteVector disk = fixture::build_gpt_disk(plan);
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    fixture::put_bytes(disk, static_cast<std::size_t>(plan.slots[i]->first_sector * sector_size),
                       volumes[i].bytes);
  }
  return disk;
}

OnPartition efi_system() {
  fixture::FatBuilder volume({.kind = fixture::FatKind::fat16, .label = "SYSTEM"});
  const fixture::FatFileOptions times{
      .created = modified, .modified = modified, .accessed = modified};
  volume.add_file("EFI/readme.txt", std::string_view("on the ESP\n"), times);
  volume.add_file("A long file name.text", std::string_view("long\n"), times);
  return {.bytes = volume.build().bytes, .type = fixture::gpt_type::efi_system};
}

/// Every kind of thing that ls and stat show, and a deleted file.
fixture::NtfsBuilder data_volume() {
  fixture::NtfsBuilder volume({.label = "Data"});
  (void)volume.file("\\docs\\a.txt", "on the data volume\n")
      .short_name("ATXT~1")
      .stream("note", "a stream\n");
  (void)volume.file("\\docs\\packed.txt",
                    fixture::NtfsData{.bytes = fixture::ByteVector(100'000, std::byte{'z'}),
                                      .storage = fixture::NtfsStorage::compressed});
  (void)volume.file("\\docs\\gone.txt", "deleted, not overwritten\n").deleted();
  (void)volume.directory("\\empty");
  return volume;
}

/// $MFT cannot be found: neither record 0 nor its copy is there.
fixture::ByteVector volume_without_mft() {
  fixture::BuiltNtfs volume = fixture::NtfsBuilder().build_mapped();
  const fixture::ByteVector zeros(volume.record_size);
  fixture::put_bytes(volume.bytes, volume.record(0).offset, zeros);
  fixture::put_bytes(volume.bytes, volume.mirror_offset, zeros);
  return std::move(volume.bytes);
}

/// Beside a good file: one whose record is damaged, and one whose clusters are outside of the
/// volume.
fixture::ByteVector volume_with_damaged_files() {
  const fixture::NtfsBuilder volume({.label = "Damaged"});
  (void)volume.file("\\docs\\kept.txt", "kept\n");
  (void)volume.file("\\docs\\lost.txt", "lost\n");
  fixture::NtfsData outside{.bytes = fixture::ByteVector(4096),
                            .storage = fixture::NtfsStorage::non_resident};
  // One cluster at 0x7FFF; the volume has some hundred.
  outside.raw_runs = {std::byte{0x21}, std::byte{0x01}, std::byte{0xFF}, std::byte{0x7F}};
  (void)volume.file("\\docs\\outside.bin", outside);
  fixture::BuiltNtfs built = volume.build_mapped();
  // What chkdsk and Windows write over a record that they cannot use.
  fixture::put_bytes(built.bytes, built.find("\\docs\\lost.txt").offset,
                     fixture::ascii_bytes("BAAD"));
  return std::move(built.bytes);
}

void write_raw_bytes(const std::filesystem::path& path, const fixture::ByteVector& bytes) {
  fixture::FileSink sink(path.string());
  sink.write(0, bytes);
  sink.close();
}

}  // namespace

void write_cli_disks(const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  write_vhdx(recipe_disk("windows_11"), (directory / "windows.vhdx").string());
  write_vhdx(recipe_disk("native_boot_vhd"), (directory / "native.vhdx").string());
  const fixture::ByteVector data = disk_of({efi_system(), {.bytes = data_volume().build()}});
  write_raw_bytes(directory / "data.raw", data);
  fixture::write_vhdx_file((directory / "data.vhdx").string(), fixture::whole_disk(data));
  write_raw_bytes(directory / "damaged.raw", disk_of({efi_system(),
                                                      {.bytes = volume_without_mft()},
                                                      {.bytes = build_bitlocker({})},
                                                      {.bytes = volume_with_damaged_files()}}));
  write_raw_bytes(directory / "text.raw", fixture::ascii_bytes("This is no disk image.\n"));
}

}  // namespace casement::test
