// SPDX-License-Identifier: Apache-2.0
// Boot sectors: what they allow, and when the backup counts.
#include "vfs/ntfs/boot_sector.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstring>

#include "tests/support/matchers.h"
#include "tests/support/mutate.h"
#include "tests/support/real_data.h"
#include "tests/vfs/ntfs/record_bytes.h"
#include "vfs/source/memory_source.h"

namespace casement::ntfs {
namespace {

using test::is_ok;
using test::is_status;
using test::make_boot_sector;
using test::must;
using test::mutate;
using test::Mutation;
using test::RawBytes;

/// The base volume with `sector` in front, another one at its end, and a file record where both
/// have the MFT.
RawBytes make_volume(const RawBytes& sector, const RawBytes& backup) {
  RawBytes volume(std::size_t{4097} * 512);
  std::ranges::copy(sector, volume.begin());
  std::ranges::copy(backup, volume.end() - static_cast<std::ptrdiff_t>(backup.size()));
  std::memcpy(volume.data() + std::size_t{16} * 512, "FILE", 4);
  return volume;
}

BootSectors read_volume(RawBytes volume) {
  return must(read_boot_sectors(*make_memory_source(std::move(volume), "volume")));
}

bool is_claimed(RawBytes volume) {
  return must(claims_to_be_ntfs(*make_memory_source(std::move(volume), "volume")));
}

BOOST_AUTO_TEST_SUITE(boot_sector)

BOOST_AUTO_TEST_CASE(parses_every_field) {
  const NtfsGeometry geometry = must(parse_boot_sector(make_boot_sector()));
  BOOST_TEST(geometry.sector_size == 512U);
  BOOST_TEST(geometry.cluster_size == 512U);
  BOOST_TEST(geometry.record_size == 1024U);
  BOOST_TEST(geometry.index_block_size == 4096U);
  BOOST_TEST(geometry.cluster_count == 4096U);
  BOOST_TEST(geometry.volume_size == 4096U * 512U);
  BOOST_TEST(geometry.mft_lcn == 16U);
  BOOST_TEST(geometry.mft_mirror_lcn == 2048U);
  BOOST_TEST(geometry.serial == 0x1122'3344'5566'7788U);
  BOOST_TEST(geometry.hidden_sectors == 63U);
}

struct Size {
  const char* name;
  std::size_t offset;
  std::vector<std::uint8_t> bytes;
  std::uint32_t cluster;
  std::uint32_t record;
  std::uint32_t index_block;
};

std::ostream& operator<<(std::ostream& out, const Size& size) {
  return out << size.name;
}

const std::vector<Size> sizes = {
    {"sectors of 256 bytes, two a cluster", 11, {0x00, 0x01, 0x02}, 512, 1024, 4096},
    {"sectors of 4096 bytes, records by clusters", 11, {0x00, 0x10}, 4096, 8192, 32768},
    {"128 sectors a cluster", 13, {0x80}, 65536, 0, 0},
    {"2 MiB by a negative power of two", 13, {0xF4}, 2U << 20, 0, 0},
    {"256 sectors by a negative power of two", 13, {0xF8}, 128U << 10, 0, 0},
    {"records of 4096 bytes", 64, {0xF4}, 512, 4096, 4096},
    {"index blocks of 64 KiB", 68, {0xF0}, 512, 1024, 65536},
};

BOOST_DATA_TEST_CASE(knows_all_sizes, boost::unit_test::data::make(sizes), size) {
  RawBytes sector = mutate(make_boot_sector(), size.offset, size.bytes);
  if (size.record == 0) {  // clusters larger than any record
    sector[64] = std::byte{0xF6};
    sector[68] = std::byte{0xF4};
  }
  sector[41] = std::byte{0xFF};  // enough sectors for the MFT to lie in the volume
  sector[42] = std::byte{0x01};
  const NtfsGeometry geometry = must(parse_boot_sector(sector));
  BOOST_TEST(geometry.cluster_size == size.cluster);
  BOOST_TEST(geometry.record_size == (size.record == 0 ? 1024 : size.record));
  BOOST_TEST(geometry.index_block_size == (size.index_block == 0 ? 4096 : size.index_block));
}

const std::vector<Mutation> mutations = {
    {"another name", 3, {'M'}, Status::bad_format},
    {"sectors of 0 bytes", 12, {0x00}, Status::corrupt},
    {"sectors of 128 bytes", 11, {0x80, 0x00}, Status::corrupt},
    {"sectors of 768 bytes", 12, {0x03}, Status::corrupt},
    {"sectors of 8192 bytes", 12, {0x20}, Status::corrupt},
    {"no sectors in a cluster", 13, {0x00}, Status::corrupt},
    {"3 sectors in a cluster", 13, {0x03}, Status::corrupt},
    {"0xF3 sectors in a cluster", 13, {0xF3}, Status::corrupt},
    {"a volume beyond 2^63 bytes", 46, {0x00, 0x80}, Status::corrupt},
    {"a volume of no sectors", 40, {0x00, 0x00}, Status::corrupt},
    {"an MFT behind the volume", 48, {0x00, 0x10}, Status::corrupt},
    {"an MFT far behind the volume", 55, {0x80}, Status::corrupt},
    {"records of no clusters", 64, {0x00}, Status::corrupt},
    {"records of 3 clusters", 64, {0x03}, Status::corrupt},
    {"records of 128 KiB", 64, {0xEF}, Status::corrupt},
    {"records of 2^-128 bytes", 64, {0x80}, Status::corrupt},
    {"records of one byte", 64, {0xFF}, Status::corrupt},
    {"index blocks of 256 bytes", 68, {0xF8}, Status::corrupt},
};

BOOST_DATA_TEST_CASE(refuses, boost::unit_test::data::make(mutations), m) {
  BOOST_TEST(
      is_status(parse_boot_sector(mutate(make_boot_sector(), m.offset, m.bytes)), m.expected));
}

BOOST_AUTO_TEST_CASE(refuses_less_than_a_sector) {
  for (std::size_t size = 0; size < 512; ++size) {
    BOOST_TEST(
        is_status(parse_boot_sector(test::prefix(make_boot_sector(), size)), Status::truncated));
  }
}

BOOST_AUTO_TEST_CASE(survives_any_byte) {
  const RawBytes base = make_boot_sector();
  for (std::size_t offset = 0; offset < 84; ++offset) {
    for (const unsigned value : {0x00U, 0x01U, 0x7FU, 0x80U, 0xFFU}) {
      RawBytes sector = base;
      sector[offset] = static_cast<std::byte>(value);
      if (const auto geometry = parse_boot_sector(sector)) {
        BOOST_TEST(geometry->mft_lcn < geometry->cluster_count);
        BOOST_TEST(geometry->cluster_size >= 512U);
        BOOST_TEST(geometry->record_size % 512 == 0U);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(reads_both_sectors) {
  RawBytes other = make_boot_sector();
  other[72] = std::byte{0x99};
  const BootSectors sectors = read_volume(make_volume(make_boot_sector(), other));
  BOOST_REQUIRE(sectors.main.has_value());
  BOOST_REQUIRE(sectors.backup.has_value());
  BOOST_TEST(sectors.main->serial == 0x1122'3344'5566'7788U);
  BOOST_TEST(sectors.backup->serial == 0x1122'3344'5566'7799U);
}

BOOST_AUTO_TEST_CASE(falls_back_to_the_last_sector) {
  for (const RawBytes& first : {RawBytes(512), mutate(make_boot_sector(), 12, {{0x00}})}) {
    const BootSectors sectors = read_volume(make_volume(first, make_boot_sector()));
    BOOST_TEST(!sectors.main.has_value());
    BOOST_REQUIRE(sectors.backup.has_value());
    BOOST_TEST(sectors.backup->mft_lcn == 16U);
    BOOST_TEST(is_claimed(make_volume(first, make_boot_sector())));
  }
}

BOOST_AUTO_TEST_CASE(finds_the_backup_in_a_sector_of_4096_bytes) {
  RawBytes backup = make_boot_sector();
  backup.resize(4096);
  const BootSectors sectors = read_volume(make_volume(RawBytes(512), backup));
  BOOST_TEST(sectors.backup.has_value());
}

BOOST_AUTO_TEST_CASE(ignores_the_leftover_of_an_older_ntfs) {
  RawBytes fat(512);
  std::memcpy(fat.data() + 3, "MSDOS5.0", 8);
  const RawBytes volume = make_volume(fat, make_boot_sector());
  BOOST_TEST(!is_claimed(volume));
  BOOST_TEST(
      is_status(read_boot_sectors(*make_memory_source(volume, "volume")), Status::bad_format));
}

BOOST_AUTO_TEST_CASE(ignores_a_backup_that_leads_to_no_file_record) {
  RawBytes volume = make_volume(RawBytes(512), make_boot_sector());
  volume[std::size_t{16} * 512] = std::byte{0};
  BOOST_TEST(!is_claimed(volume));
}

BOOST_AUTO_TEST_CASE(a_volume_imaged_without_its_last_sector_has_no_backup) {
  RawBytes volume = make_volume(make_boot_sector(), make_boot_sector());
  volume.resize(volume.size() - 512);
  const BootSectors sectors = read_volume(volume);
  BOOST_TEST(sectors.main.has_value());
  BOOST_TEST(!sectors.backup.has_value());
}

BOOST_AUTO_TEST_CASE(short_sources_are_not_ntfs) {
  BOOST_TEST(!is_claimed({}));
  BOOST_TEST(!is_claimed(RawBytes(511)));
  BOOST_TEST(is_status(read_boot_sectors(*make_memory_source({}, "volume")), Status::truncated));
}

BOOST_AUTO_TEST_CASE(reads_a_real_sector_with_clusters_of_2_mib) {
  if (!test::have_real_data()) {
    return;
  }
  const auto sector = test::real_bytes("disk/dissect_ntfs/boot_2m.bin.gz");
  const NtfsGeometry geometry = must(parse_boot_sector(sector));
  BOOST_TEST(geometry.cluster_size == 2U << 20);
  BOOST_TEST(geometry.record_size == 1024U);
  BOOST_TEST(geometry.index_block_size == 4096U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
