// SPDX-License-Identifier: Apache-2.0
// Disks with an MBR, in every condition.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "tests/support/mutate.h"
#include "tests/vfs/volume/volume_support.h"
#include "vfs/volume/partition_type.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

constexpr std::size_t entries_at = 0x1BE;

/// Offset of a field of the boot record in `sector`.
constexpr std::size_t field(std::size_t sector, std::size_t slot, std::size_t offset) {
  return sector * 512 + entries_at + slot * 16 + offset;
}

BOOST_AUTO_TEST_SUITE(mbr)

BOOST_AUTO_TEST_CASE(reads_primaries_and_logical_partitions) {
  const PartitionTable table = table_of(fx::build_mbr_disk(divided_disk()));
  BOOST_TEST((table.kind == TableKind::mbr));
  BOOST_TEST((table.mbr_signature == 0x12345678U));
  BOOST_TEST(!table.disk_id.has_value());
  BOOST_TEST(table.sector_size == 512U);
  BOOST_TEST(!table.maybe_volume);
  BOOST_TEST(codes(table) == "");
  BOOST_TEST(places(table) == "1:8+32 4:300+50 5:104+16 6:130+20 7:160+40");
  BOOST_TEST(table.partitions[0].active);
  BOOST_TEST(!table.partitions[1].active);
  BOOST_TEST(!table.partitions[1].logical);
  BOOST_TEST(table.partitions[2].logical);
  BOOST_TEST((table.partitions[2].mbr_type == 0x0BU));
  BOOST_TEST(!table.partitions[2].type_id.has_value());
}

BOOST_AUTO_TEST_CASE(counts_as_arc_names_do) {
  const PartitionTable table = table_of(fx::build_mbr_disk(divided_disk()));
  std::uint32_t ordinal = 0;
  for (const Partition& partition : table.partitions) {
    BOOST_TEST(partition.arc_ordinal == ++ordinal);  // empty slot and container do not count
  }
}

BOOST_AUTO_TEST_CASE(gives_the_bytes_of_each_partition) {
  auto disk = fx::build_mbr_disk(divided_disk());
  disk[std::size_t{160} * 512] = std::byte{0x77};
  const PartitionTable table = table_of(std::move(disk));
  const Partition& last = table.partitions.back();
  std::array<std::byte, 1> first{};
  BOOST_REQUIRE(last.bytes != nullptr);
  BOOST_TEST(last.bytes->size() == 40U * 512);
  BOOST_TEST(is_ok(last.bytes->read(0, first)));
  BOOST_TEST((first[0] == std::byte{0x77}));
  BOOST_TEST(last.bytes->describe() == "disk / partition 7");
}

struct SectorSize {
  std::uint32_t size;
};
std::ostream& operator<<(std::ostream& out, const SectorSize& row) {
  return out << row.size;
}

BOOST_DATA_TEST_CASE(finds_the_sector_size_by_what_partitions_begin_with,
                     bdata::make(std::array{SectorSize{512}, SectorSize{1024}, SectorSize{2048},
                                            SectorSize{4096}}),
                     row) {
  fx::MbrDisk plan = divided_disk(row.size);
  plan.slots[2] = std::nullopt;
  plan.logical.clear();
  auto disk = fx::build_mbr_disk(plan);
  put_ntfs_boot_sector(std::span(disk).subspan(std::size_t{8} * row.size, 512),
                       static_cast<std::uint16_t>(row.size));
  const PartitionTable table = table_of(disk);
  BOOST_TEST(table.sector_size == row.size);
  BOOST_TEST(places(table) == "1:8+32 4:300+50");
  BOOST_TEST(codes(table) == "");
  // A container that says something else is corrected, and that is said.
  const PartitionTable corrected = table_of(disk, row.size == 512 ? 4096 : 512);
  BOOST_TEST(corrected.sector_size == row.size);
  BOOST_TEST(codes(corrected) == "sector-size");
}

BOOST_AUTO_TEST_CASE(finds_the_sector_size_by_an_extended_boot_record) {
  fx::MbrDisk plan = divided_disk(4096);
  plan.slots[0] = std::nullopt;
  BOOST_TEST(places(table_of(fx::build_mbr_disk(plan))) == "4:300+50 5:104+16 6:130+20 7:160+40");
}

BOOST_AUTO_TEST_CASE(believes_the_given_sector_size_when_nothing_speaks_against_it) {
  fx::MbrDisk plan = divided_disk(4096);
  plan.slots[2] = std::nullopt;
  plan.logical.clear();
  const PartitionTable table = table_of(fx::build_mbr_disk(plan), 4096);
  BOOST_TEST(table.sector_size == 4096U);
  BOOST_TEST(places(table) == "1:8+32 4:300+50");
}

BOOST_AUTO_TEST_CASE(ends_a_chain_that_loops) {
  auto disk = fx::build_mbr_disk(divided_disk());
  // The second record (sector 120) names the first as its next one.
  disk = mutate(std::move(disk), field(120, 1, 8), std::array<std::uint8_t, 1>{0});
  const PartitionTable table = table_of(std::move(disk));
  // A link to the extended partition's own start is an entry that begins at 0: no link at all.
  BOOST_TEST(places(table) == "1:8+32 4:300+50 5:104+16 6:130+20");

  auto loop = fx::build_mbr_disk(divided_disk());
  loop = mutate(std::move(loop), field(120, 1, 8), std::array<std::uint8_t, 1>{20});
  const PartitionTable looping = table_of(std::move(loop));
  BOOST_TEST(places(looping) == "1:8+32 4:300+50 5:104+16 6:130+20");
  BOOST_TEST(codes(looping) == "ebr-loop");
}

BOOST_AUTO_TEST_CASE(follows_no_more_links_than_allowed) {
  Limits limits;
  limits.max_logical_partitions = 2;
  const PartitionTable table = table_of(fx::build_mbr_disk(divided_disk()), {}, limits);
  BOOST_TEST(places(table) == "1:8+32 4:300+50 5:104+16 6:130+20");
  BOOST_TEST(codes(table) == "too-many-partitions");
}

BOOST_AUTO_TEST_CASE(a_damaged_link_keeps_what_comes_before) {
  auto disk = fx::build_mbr_disk(divided_disk());
  disk = mutate(std::move(disk), std::size_t{120} * 512 + 510, std::array<std::uint8_t, 1>{0});
  const PartitionTable table = table_of(std::move(disk));
  BOOST_TEST(places(table) == "1:8+32 4:300+50 5:104+16");
  BOOST_TEST(codes(table) == "ebr-damaged");
}

BOOST_AUTO_TEST_CASE(a_truncated_image_keeps_what_is_there_and_lists_the_rest) {
  const PartitionTable table =
      table_of(prefix(fx::build_mbr_disk(divided_disk()), std::size_t{110} * 512));
  BOOST_TEST(places(table) == "1:8+32 4:300+50 5:104+16");
  BOOST_TEST(codes(table) == "ebr-damaged partition-missing partition-truncated");
  BOOST_TEST((table.partitions[1].bytes == nullptr));
  BOOST_TEST(table.partitions[2].bytes->size() == 6U * 512);
  BOOST_TEST(table.partitions[2].size == 16U * 512);
}

BOOST_AUTO_TEST_CASE(reports_partitions_that_overlap) {
  fx::MbrDisk plan = divided_disk();
  plan.slots[1] = fx::MbrSlot{.first_sector = 20, .sector_count = 10};
  const PartitionTable table = table_of(fx::build_mbr_disk(plan));
  BOOST_TEST(places(table) == "1:8+32 2:20+10 4:300+50 5:104+16 6:130+20 7:160+40");
  BOOST_TEST(codes(table) == "partition-overlap");
}

BOOST_AUTO_TEST_CASE(one_damaged_entry_hides_no_other) {
  auto disk = fx::build_mbr_disk(divided_disk());
  disk = mutate(std::move(disk), field(0, 0, 0), std::array<std::uint8_t, 1>{0x13});
  const PartitionTable table = table_of(std::move(disk));
  BOOST_TEST(places(table) == "4:300+50 5:104+16 6:130+20 7:160+40");
  BOOST_TEST(codes(table) == "mbr-entry-invalid");
}

BOOST_AUTO_TEST_CASE(names_the_types) {
  BOOST_TEST(mbr_partition_type(0x07).name == "NTFS/exFAT");
  BOOST_TEST(mbr_partition_type(0x83).name == "type 0x83 (Linux)");
  BOOST_TEST(mbr_partition_type(0x6A).name == "type 0x6a");
  BOOST_TEST((mbr_partition_type(0x0C).role == PartitionRole::basic));
  BOOST_TEST((mbr_partition_type(0x27).role == PartitionRole::recovery));
  BOOST_TEST((mbr_partition_type(0x42).role == PartitionRole::dynamic_disk));
  BOOST_TEST((mbr_partition_type(0xE7).role == PartitionRole::storage_spaces));
  BOOST_TEST((mbr_partition_type(0xEF).role == PartitionRole::efi_system));
  BOOST_TEST((mbr_partition_type(0x82).role == PartitionRole::other));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(no_table)

BOOST_AUTO_TEST_CASE(a_volume_without_a_table_is_none) {
  std::vector<std::byte> disk(64 * 512);
  put_ntfs_boot_sector(std::span(disk).first(512), 512);
  // The messages of the boot code lie where a table would be.
  fx::put_bytes(disk, 0x1BE, fx::ascii_bytes("BOOTMGR is compressed"));
  const PartitionTable table = table_of(std::move(disk));
  BOOST_TEST((table.kind == TableKind::none));
  BOOST_TEST(!table.maybe_volume);
  BOOST_TEST(codes(table) == "");
}

BOOST_AUTO_TEST_CASE(a_boot_sector_with_a_sound_table_may_be_both) {
  auto disk = fx::build_mbr_disk(divided_disk());
  put_ntfs_boot_sector(std::span(disk).first(512), 512);
  const PartitionTable table = table_of(disk);
  BOOST_TEST((table.kind == TableKind::mbr));
  BOOST_TEST(table.maybe_volume);
  BOOST_TEST(table.partitions.size() == 5U);
  // Entries out of range are not worth that.
  fx::put_u32(disk, field(0, 3, 8), 5000);
  BOOST_TEST((table_of(disk).kind == TableKind::none));
}

BOOST_AUTO_TEST_CASE(installation_media_with_a_boot_record_may_be_both) {
  auto disk = fx::build_mbr_disk(divided_disk());
  fx::put_bytes(disk, 0x8001, fx::ascii_bytes("CD001"));
  BOOST_TEST(table_of(disk).maybe_volume);
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_set_up_and_not_divided_has_an_empty_table) {
  const PartitionTable table = table_of(fx::build_mbr_disk({.sector_count = 64, .signature = 7}));
  BOOST_TEST((table.kind == TableKind::mbr));
  BOOST_TEST((table.mbr_signature == 7U));
  BOOST_TEST(table.partitions.empty());
  BOOST_TEST(table.maybe_volume);
}

BOOST_AUTO_TEST_CASE(zeros_noise_and_little_files_are_none) {
  BOOST_TEST((table_of(std::vector<std::byte>(4096)).kind == TableKind::none));
  BOOST_TEST((table_of({}).kind == TableKind::none));
  BOOST_TEST((table_of(std::vector<std::byte>(511)).kind == TableKind::none));
  std::vector<std::byte> noise(4096);
  std::uint32_t state = 1;
  for (std::byte& byte : noise) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::byte>(state >> 24);
  }
  fx::put_u16(noise, 510, 0xAA55);
  BOOST_TEST((table_of(noise).kind == TableKind::none));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(mbr_damage)

BOOST_AUTO_TEST_CASE(survives_every_flipped_bit) {
  fx::MbrDisk plan = divided_disk();
  plan.sector_count = 170;
  const auto disk = fx::build_mbr_disk(plan);
  for (const std::size_t sector : {std::size_t{0}, std::size_t{100}, std::size_t{120}}) {
    for (std::size_t byte = 0x1B8; byte < 512; ++byte) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        auto damaged = disk;
        damaged[sector * 512 + byte] ^= std::byte{1} << bit;
        const PartitionTable table = table_of(std::move(damaged));
        BOOST_REQUIRE(table.partitions.size() <= 12U);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_truncation_anywhere) {
  const auto disk = fx::build_mbr_disk(divided_disk());
  for (std::size_t size = 0; size < disk.size(); size += 97) {
    for (const Partition& partition : table_of(prefix(disk, size)).partitions) {
      BOOST_REQUIRE(!partition.bytes || partition.bytes->size() <= partition.size);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
