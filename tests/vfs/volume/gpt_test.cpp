// SPDX-License-Identifier: Apache-2.0
// Disks with a GPT, in every condition.
#include <array>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <ostream>

#include "tests/support/mutate.h"
#include "tests/vfs/volume/volume_support.h"
#include "vfs/volume/partition_type.h"

namespace bdata = boost::unit_test::data;

namespace casement::test {
namespace {

constexpr const char* all_places = "1:40+20 2:60+40 3:100+20 5:120+141";
constexpr std::size_t last_sector = 299;

using Disk = std::vector<std::byte>;

void wipe(Disk& disk, std::size_t sector, std::size_t count) {
  std::fill_n(disk.begin() + static_cast<std::ptrdiff_t>(sector * 512), count * 512, std::byte{0});
}

BOOST_AUTO_TEST_SUITE(gpt)

BOOST_AUTO_TEST_CASE(reads_what_the_table_says) {
  const PartitionTable table = table_of(fx::build_gpt_disk(gpt_disk()));
  BOOST_TEST((table.kind == TableKind::gpt));
  BOOST_TEST((table.disk_id == id(fx::derived_guid("disk"))));
  BOOST_TEST(!table.mbr_signature.has_value());
  BOOST_TEST(!table.hybrid);
  BOOST_TEST(!table.maybe_volume);
  BOOST_TEST(codes(table) == "");
  BOOST_TEST(places(table) == all_places);
  const Partition& recovery = table.partitions[0];
  BOOST_TEST((recovery.role == PartitionRole::recovery));
  BOOST_TEST(recovery.attributes == 0x8000000000000001U);
  BOOST_TEST((recovery.name == u"Recovery"));
  BOOST_TEST(recovery.type_name == "Windows recovery");
  BOOST_TEST((table.partitions[1].role == PartitionRole::efi_system));
  BOOST_TEST((table.partitions[2].role == PartitionRole::reserved));
  const Partition& system = table.partitions[3];
  BOOST_TEST(system.arc_ordinal == 5U);  // every entry counts
  BOOST_TEST((system.id == id(fx::derived_guid("system"))));
  BOOST_TEST((system.name == u"Windows \u00e4\xD800"));
  BOOST_TEST(system.bytes->size() == 141U * 512);  // the last sector belongs to it
  BOOST_TEST(!system.mbr_type.has_value());
}

struct SectorSize {
  std::uint32_t size;
};
std::ostream& operator<<(std::ostream& out, const SectorSize& row) {
  return out << row.size;
}
const std::array sector_sizes{SectorSize{512}, SectorSize{1024}, SectorSize{2048},
                              SectorSize{4096}};

BOOST_DATA_TEST_CASE(finds_the_sector_size_by_the_header, bdata::make(sector_sizes), row) {
  const Disk disk = fx::build_gpt_disk(gpt_disk(row.size));
  const PartitionTable table = table_of(disk);
  BOOST_TEST(table.sector_size == row.size);
  BOOST_TEST(places(table) == all_places);
  BOOST_TEST(codes(table) == "");
  const PartitionTable corrected = table_of(disk, row.size == 512 ? 4096 : 512);
  BOOST_TEST(corrected.sector_size == row.size);
  BOOST_TEST(codes(corrected) == "sector-size");
}

BOOST_DATA_TEST_CASE(finds_the_sector_size_by_the_backup, bdata::make(sector_sizes), row) {
  Disk disk = fx::build_gpt_disk(gpt_disk(row.size));
  std::fill_n(disk.begin() + row.size, row.size, std::byte{0});
  const PartitionTable table = table_of(disk);
  BOOST_TEST(table.sector_size == row.size);
  BOOST_TEST(places(table) == all_places);
  BOOST_TEST(codes(table) == "gpt-primary-damaged");
}

BOOST_AUTO_TEST_CASE(a_hybrid_table_is_read_as_gpt) {
  fx::GptDisk plan = gpt_disk();
  plan.mbr_signature = 0xCAFE;
  plan.hybrid = {{.first_sector = 120, .sector_count = 141}};
  const PartitionTable table = table_of(fx::build_gpt_disk(plan));
  BOOST_TEST((table.kind == TableKind::gpt));
  BOOST_TEST(table.hybrid);
  BOOST_TEST((table.mbr_signature == 0xCAFEU));
  BOOST_TEST(places(table) == all_places);
}

BOOST_AUTO_TEST_CASE(a_larger_disk_keeps_its_backup_where_it_was) {
  Disk disk = fx::build_gpt_disk(gpt_disk());
  disk.resize(disk.size() + 100 * 512);
  BOOST_TEST(codes(table_of(disk)) == "");
  wipe(disk, 1, 1);  // then the protective entry knows where it is
  BOOST_TEST(places(table_of(disk)) == all_places);
}

BOOST_AUTO_TEST_CASE(an_mbr_without_a_protective_entry_wins_over_a_remnant) {
  Disk disk = fx::build_gpt_disk(gpt_disk());
  const std::array<std::optional<fx::MbrSlot>, 1> slots = {
      fx::MbrSlot{.first_sector = 64, .sector_count = 100}};
  fx::put_boot_record(disk, 5, slots);
  const PartitionTable table = table_of(disk);
  BOOST_TEST((table.kind == TableKind::mbr));
  BOOST_TEST(places(table) == "1:64+100");
}

BOOST_AUTO_TEST_CASE(a_lost_first_sector_does_not_hide_the_table) {
  Disk disk = fx::build_gpt_disk(gpt_disk());
  wipe(disk, 0, 1);
  const PartitionTable table = table_of(disk);
  BOOST_TEST(places(table) == all_places);
  BOOST_TEST(codes(table) == "gpt-not-protected");
  wipe(disk, 1, 1);
  BOOST_TEST(codes(table_of(disk)) == "gpt-primary-damaged gpt-not-protected");
}

BOOST_AUTO_TEST_CASE(a_protective_entry_without_any_table_is_said) {
  Disk disk = fx::build_gpt_disk(gpt_disk());
  wipe(disk, 1, 1);
  wipe(disk, last_sector, 1);
  const PartitionTable table = table_of(disk);
  BOOST_TEST((table.kind == TableKind::gpt));
  BOOST_TEST(table.partitions.empty());
  BOOST_TEST(codes(table) == "gpt-missing");
}

/// A change, and the findings that it gives while the partitions stay the same.
struct Damage {
  const char* name;
  std::function<void(Disk&)> apply;
  const char* findings;
};
std::ostream& operator<<(std::ostream& out, const Damage& damage) {
  return out << damage.name;
}

void put_sealed(Disk& disk, std::size_t sector, std::size_t offset, std::uint32_t value) {
  fx::put_u32(disk, sector * 512 + offset, value);
  fx::reseal_gpt(disk, 512, sector);
}

const std::array damages{
    Damage{"header checksum", [](Disk& d) { fx::put_u32(d, 512 + 16, 1); }, "gpt-primary-damaged"},
    Damage{"entries checksum", [](Disk& d) { d[1024 + 60] ^= std::byte{1}; },
           "gpt-primary-damaged"},
    Damage{"header size 0", [](Disk& d) { fx::put_u32(d, 512 + 12, 0); }, "gpt-primary-damaged"},
    Damage{"header size 4 GiB", [](Disk& d) { fx::put_u32(d, 512 + 12, 0xFFFFFFFF); },
           "gpt-primary-damaged"},
    Damage{"header in the wrong place", [](Disk& d) { put_sealed(d, 1, 24, 9); },
           "gpt-primary-damaged"},
    Damage{"entry size 0", [](Disk& d) { fx::put_u32(d, 512 + 84, 0); },
           "gpt-unreadable gpt-primary-damaged"},
    Damage{"entry size absurd", [](Disk& d) { fx::put_u32(d, 512 + 84, 0x80000000); },
           "gpt-unreadable gpt-primary-damaged"},
    Damage{"entry size 129", [](Disk& d) { fx::put_u32(d, 512 + 84, 129); },
           "gpt-unreadable gpt-primary-damaged"},
    Damage{"entries outside", [](Disk& d) { fx::put_u64(d, 512 + 72, UINT64_MAX / 4); },
           "gpt-primary-damaged"},
    Damage{"entry count absurd", [](Disk& d) { fx::put_u32(d, 512 + 80, 0xFFFFFFFF); },
           "gpt-primary-damaged"},
    Damage{"no backup header", [](Disk& d) { wipe(d, last_sector, 1); }, "gpt-backup-missing"},
    Damage{"damaged backup entries", [](Disk& d) { wipe(d, 267, 1); }, "gpt-backup-damaged"},
    Damage{"another backup",
           [](Disk& d) {
             d[std::size_t{267} * 512 + 60] ^= std::byte{1};
             fx::reseal_gpt(d, 512, last_sector);
           },
           "gpt-backup-differs"},
    Damage{"primary damaged and no backup",
           [](Disk& d) {
             wipe(d, last_sector, 1);
             fx::put_u32(d, 512 + 16, 1);
           },
           "gpt-primary-damaged"},
};

BOOST_DATA_TEST_CASE(damage_is_said_and_hides_nothing, bdata::make(damages), damage) {
  const Disk good = fx::build_gpt_disk(gpt_disk());
  Disk disk = good;
  damage.apply(disk);
  BOOST_REQUIRE(disk != good);
  const PartitionTable table = table_of(std::move(disk));
  BOOST_TEST((table.kind == TableKind::gpt));
  BOOST_TEST(places(table) == all_places);
  BOOST_TEST(codes(table) == damage.findings);
}

BOOST_AUTO_TEST_CASE(an_entry_that_ends_before_it_begins_hides_no_other) {
  fx::GptDisk plan = gpt_disk();
  plan.slots[1]->last_sector = 59;
  const PartitionTable table = table_of(fx::build_gpt_disk(plan));
  BOOST_TEST(places(table) == "1:40+20 3:100+20 5:120+141");
  BOOST_TEST(codes(table) == "gpt-entry-invalid");
}

BOOST_AUTO_TEST_CASE(partitions_of_impossible_size_are_left_out) {
  fx::GptDisk plan = gpt_disk();
  plan.slots[1]->last_sector = UINT64_MAX;
  plan.slots[2]->first_sector = 0;
  plan.slots[2]->last_sector = UINT64_MAX;
  const PartitionTable table = table_of(fx::build_gpt_disk(plan));
  BOOST_TEST(places(table) == "1:40+20 5:120+141");
  BOOST_TEST(codes(table) == "partition-invalid partition-invalid");
}

BOOST_AUTO_TEST_CASE(reports_overlaps_and_identifiers_used_twice) {
  fx::GptDisk plan = gpt_disk();
  plan.slots[2]->first_sector = 90;
  plan.slots[2]->id = plan.slots[1]->id;
  const PartitionTable table = table_of(fx::build_gpt_disk(plan));
  BOOST_TEST(places(table) == "1:40+20 2:60+40 3:90+30 5:120+141");
  BOOST_TEST(codes(table) == "partition-overlap duplicate-partition-id");
}

BOOST_AUTO_TEST_CASE(reads_no_more_entries_than_allowed) {
  Limits limits;
  limits.max_partitions = 2;
  const PartitionTable table = table_of(fx::build_gpt_disk(gpt_disk()), {}, limits);
  BOOST_TEST(places(table) == "1:40+20 2:60+40");
  BOOST_TEST(codes(table) == "gpt-primary-damaged too-many-partitions");
}

BOOST_AUTO_TEST_CASE(entries_may_be_larger_and_fewer) {
  fx::GptDisk plan = gpt_disk();
  plan.entry_size = 512;
  plan.entry_count = 6;
  const PartitionTable table = table_of(fx::build_gpt_disk(plan));
  BOOST_TEST(places(table) == all_places);
  BOOST_TEST(codes(table) == "");
}

BOOST_AUTO_TEST_CASE(names_the_types) {
  const auto name = [](const char* text) { return gpt_partition_type(*Guid::parse(text)).name; };
  BOOST_TEST(name("c12a7328-f81f-11d2-ba4b-00a0c93ec93b") == "EFI system");
  BOOST_TEST(name("0fc63daf-8483-4772-8e79-3d69d8477de4") == "Linux file system");
  BOOST_TEST(name("11111111-2222-3333-4444-555555555555") ==
             "type 11111111-2222-3333-4444-555555555555");
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte) {
  fx::GptDisk plan = gpt_disk();
  plan.entry_count = 8;
  const Disk disk = fx::build_gpt_disk(plan);
  const auto flip = [&](std::size_t begin, std::size_t end, bool sealed) {
    for (std::size_t at = begin; at < end; ++at) {
      for (const std::uint8_t mask : {std::uint8_t{0x01}, std::uint8_t{0xFF}}) {
        Disk damaged = disk;
        damaged[at] ^= static_cast<std::byte>(mask);
        // The backup must not help.
        wipe(damaged, last_sector, 1);
        try {
          if (sealed) {
            fx::reseal_gpt(damaged, 512, 1);
          }
        } catch (const std::out_of_range&) {
          continue;  // the writer cannot seal what is not there
        }
        BOOST_REQUIRE(table_of(std::move(damaged)).partitions.size() <= 8U);
      }
    }
  };
  flip(512, 512 + 92, false);
  flip(512, 512 + 92, true);
  flip(1024, 1024 + 128, true);
}

BOOST_AUTO_TEST_CASE(survives_truncation_anywhere) {
  const Disk disk = fx::build_gpt_disk(gpt_disk());
  for (std::size_t size = 0; size < disk.size(); size += 211) {
    for (const Partition& partition : table_of(prefix(disk, size)).partitions) {
      BOOST_REQUIRE(!partition.bytes || partition.bytes->size() <= partition.size);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::test
