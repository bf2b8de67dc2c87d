// SPDX-License-Identifier: Apache-2.0
// Boot sectors: every field, the types, the backup.
#include "vfs/fat/geometry.h"

#include <algorithm>
#include <array>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/bytes.h"
#include "tests/support/mutate.h"
#include "tests/vfs/fat/fat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

const fx::BuiltFat& base16() {
  static const fx::BuiltFat built = sample({.kind = fx::FatKind::fat16}).build();
  return built;
}

const fx::BuiltFat& base32() {
  static const fx::BuiltFat built =
      sample({.kind = fx::FatKind::fat32, .cluster_count = 100}).build();
  return built;
}

FatGeometry geometry_of(const std::vector<std::byte>& bytes) {
  UniqueFindings findings;
  return must(parse_boot_sector(Bytes(bytes).first(512), findings));
}

/// FAT16. Without a backup, each gives its error.
const std::array mutations{
    Mutation{"0 bytes per sector", 11, {0, 0}, Status::corrupt},
    Mutation{"513 bytes per sector", 11, {1, 2}, Status::corrupt},
    Mutation{"256 bytes per sector", 11, {0, 1}, Status::corrupt},
    Mutation{"8192 bytes per sector", 11, {0, 0x20}, Status::corrupt},
    Mutation{"0 sectors per cluster", 13, {0}, Status::corrupt},
    Mutation{"3 sectors per cluster", 13, {3}, Status::corrupt},
    Mutation{"0 reserved sectors", 14, {0, 0}, Status::corrupt},
    Mutation{"no FAT", 16, {0}, Status::corrupt},
    Mutation{"17 FATs", 16, {17}, Status::corrupt},
    Mutation{"no root directory", 17, {0, 0}, Status::corrupt},
    Mutation{"no sectors", 19, {0, 0}, Status::corrupt},
    Mutation{"fewer sectors than tables", 19, {30, 0}, Status::corrupt},
    Mutation{"a FAT size of FAT32", 22, {0, 0}, Status::corrupt},
    Mutation{"a FAT as large as the volume", 22, {0xFF, 0xFF}, Status::corrupt},
};

const std::array mutations32{
    Mutation{"active FAT 5 of 2", 40, {0x85, 0}, Status::corrupt},
    Mutation{"root directory in cluster 1", 44, {1, 0, 0, 0}, Status::corrupt},
    Mutation{"root directory behind the last cluster", 44, {102, 0, 0, 0}, Status::corrupt},
    Mutation{"root directory in cluster 2^32 - 1", 44, {255, 255, 255, 255}, Status::corrupt},
    Mutation{"a FAT of 2^32 - 1 sectors", 36, {255, 255, 255, 255}, Status::corrupt},
    Mutation{"an empty FAT", 36, {0, 0, 0, 0}, Status::corrupt},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_geometry)

BOOST_DATA_TEST_CASE(rejects_impossible_fields, bdata::make(mutations), mutation) {
  const auto bytes = mutate(base16().bytes, mutation.offset, mutation.bytes);
  BOOST_TEST(is_status(try_open(bytes), mutation.expected));
  BOOST_TEST(must(probe_fat(*as_source(bytes))));  // it is FAT all the same
}

BOOST_DATA_TEST_CASE(rejects_impossible_fields_of_fat32, bdata::make(mutations32), mutation) {
  auto bytes = mutate(base32().bytes, mutation.offset, mutation.bytes);
  std::ranges::fill(std::span(bytes).subspan(6 * 512, 512), std::byte{0});  // no backup
  BOOST_TEST(is_status(try_open(bytes), mutation.expected));
}

BOOST_DATA_TEST_CASE(a_damaged_boot_sector_of_fat32_is_replaced_by_its_backup,
                     bdata::make(mutations32), mutation) {
  const auto volume = must(try_open(mutate(base32().bytes, mutation.offset, mutation.bytes)));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  BOOST_TEST(mentions(finding(*volume, "fat-backup-boot-sector"), {"0xc00", "boot sector at"}));
}

BOOST_AUTO_TEST_CASE(a_zeroed_boot_sector_of_fat32_is_replaced_for_every_sector_size) {
  for (const std::uint32_t sector_size : {512U, 1024U, 2048U, 4096U}) {
    auto bytes =
        sample({.kind = fx::FatKind::fat32, .sector_size = sector_size, .cluster_count = 100})
            .build()
            .bytes;
    std::ranges::fill(std::span(bytes).first(512), std::byte{0});
    BOOST_TEST(must(probe_fat(*as_source(bytes))));
    const auto volume = must(try_open(bytes));
    BOOST_TEST(content_at(*volume, "EFI/Microsoft/Boot/BCD") == text_of(pattern(700, 2)));
    BOOST_TEST((volume->info().label == u"CASEMENT"));
  }
}

BOOST_AUTO_TEST_CASE(a_backup_behind_somebody_elses_boot_sector_is_not_claimed) {
  auto bytes = base32().bytes;
  std::ranges::fill(std::span(bytes).first(510), std::byte{0});  // 55 AA stays
  BOOST_TEST(!must(probe_fat(*as_source(bytes))));
}

BOOST_AUTO_TEST_CASE(what_is_no_fat_is_told_apart) {
  const std::vector<std::byte> zeros(4096);
  BOOST_TEST(!must(probe_fat(*as_source(zeros))));
  BOOST_TEST(is_status(try_open(zeros), Status::bad_format));
  BOOST_TEST(!must(probe_fat(*as_source(std::vector<std::byte>(100)))));
  BOOST_TEST(is_status(try_open(std::vector<std::byte>(100)), Status::truncated));
  auto bitlocker = base16().bytes;
  fx::put_bytes(bitlocker, 3, fx::ascii_bytes("-FVE-FS-"));
  BOOST_TEST(!must(probe_fat(*as_source(bitlocker))));
}

BOOST_AUTO_TEST_CASE(a_volume_without_55_aa_is_read_with_a_note) {
  const std::array<std::uint8_t, 2> zeros{0, 0};
  const auto volume = must(try_open(mutate(base16().bytes, 510, zeros)));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  BOOST_TEST(findings_of(*volume).contains("fat-no-signature"));
}

BOOST_AUTO_TEST_CASE(the_type_comes_from_the_count_of_clusters_and_the_fields_of_fat32) {
  const auto type_of = [](fx::FatKind kind, std::uint32_t clusters) {
    return geometry_of(fx::FatBuilder({.kind = kind, .cluster_count = clusters}).build().bytes)
        .type;
  };
  BOOST_TEST((type_of(fx::FatKind::fat12, 4084) == FatType::fat12));
  BOOST_TEST((type_of(fx::FatKind::fat16, 4085) == FatType::fat16));
  BOOST_TEST((type_of(fx::FatKind::fat16, 65524) == FatType::fat16));
  BOOST_TEST((type_of(fx::FatKind::fat32, 50) == FatType::fat32));
  const auto small = must(try_open(base32().bytes));
  BOOST_TEST(findings_of(*small).contains("fat-few-clusters"));
  BOOST_TEST(is_status(
      try_open(fx::FatBuilder({.kind = fx::FatKind::fat16, .cluster_count = 65525}).build().bytes),
      Status::corrupt));
}

BOOST_AUTO_TEST_CASE(the_name_of_the_type_says_nothing) {
  auto bytes = base16().bytes;
  fx::put_bytes(bytes, 54, fx::ascii_bytes("FAT12   "));
  BOOST_TEST((must(try_open(bytes))->info().version == "FAT16"));
  fx::put_bytes(bytes, 54, fx::ascii_bytes("        "));
  BOOST_TEST((must(try_open(bytes))->info().version == "FAT16"));
}

BOOST_AUTO_TEST_CASE(a_table_too_short_for_the_clusters_leaves_the_last_ones_out) {
  auto bytes = base16().bytes;
  const auto sectors = fx::get_u16(bytes, 19);
  fx::put_u16(bytes, 19, static_cast<std::uint16_t>(sectors + 300));  // and no more FAT
  bytes.resize(bytes.size() + 300 * 512);
  const auto volume = must(try_open(bytes));
  BOOST_TEST(mentions(finding(*volume, "fat-table-short"), {"4096 entries"}));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
}

BOOST_AUTO_TEST_CASE(every_sector_size_is_read) {
  for (const auto kind : {fx::FatKind::fat12, fx::FatKind::fat16, fx::FatKind::fat32}) {
    for (const std::uint32_t sector_size : {512U, 1024U, 2048U, 4096U}) {
      fx::FatOptions options;
      options.kind = kind;
      options.sector_size = sector_size;
      options.cluster_count = kind == fx::FatKind::fat16 ? 4100 : 100;
      const auto volume = open_built(sample(options).build());
      BOOST_TEST(volume->info().cluster_size == sector_size);
      BOOST_TEST(content_at(*volume, "EFI/Microsoft/Boot/bootmgfw.efi") == text_of(pattern(1500)));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_volume_says_what_it_is) {
  fx::FatOptions options{.kind = fx::FatKind::fat16, .sectors_per_cluster = 4};
  options.hidden_sectors = 2048;
  options.serial = 0xA1B2C3D4;
  options.label = "EFI SYSTEM";
  const auto info = open_built(fx::FatBuilder(options).build())->info();
  BOOST_TEST(info.version == "FAT16");
  BOOST_TEST((info.label == u"EFI SYSTEM"));
  BOOST_TEST((info.serial == 0xA1B2C3D4U));
  BOOST_TEST(info.cluster_size == 2048U);
  BOOST_TEST((info.start_sector == 2048U));
  BOOST_TEST(!info.dirty);
  options.label_entry = false;  // the boot sector's label counts then
  BOOST_TEST((open_built(fx::FatBuilder(options).build())->info().label == u"EFI SYSTEM"));
  options.label.clear();
  BOOST_TEST(open_built(fx::FatBuilder(options).build())->info().label.empty());
}

BOOST_AUTO_TEST_CASE(a_volume_that_was_not_unmounted_is_dirty) {
  for (const auto kind : {fx::FatKind::fat16, fx::FatKind::fat32}) {
    fx::FatOptions options{.kind = kind};
    options.cluster_count = kind == fx::FatKind::fat32 ? 100 : 0;
    BOOST_TEST(!open_built(fx::FatBuilder(options).build())->info().dirty);
    options.dirty = true;
    BOOST_TEST(open_built(fx::FatBuilder(options).build())->info().dirty);
  }
  auto bytes = fx::FatBuilder().build().bytes;  // FAT12 has the bit in the boot sector alone
  BOOST_TEST(!must(try_open(bytes))->info().dirty);
  bytes[37] = std::byte{1};
  BOOST_TEST(must(try_open(bytes))->info().dirty);
}

BOOST_AUTO_TEST_CASE(a_boot_sector_of_dos_3_has_no_serial_and_no_label) {
  auto bytes = fx::FatBuilder({.label = "NAME", .label_entry = false}).build().bytes;
  bytes[38] = std::byte{0};
  const auto info = must(try_open(bytes))->info();
  BOOST_TEST(!info.serial.has_value());
  BOOST_TEST(info.label.empty());
}

BOOST_AUTO_TEST_CASE(the_table_that_the_flags_name_is_read) {
  for (const std::uint32_t fat : {0U, 1U}) {
    fx::FatOptions options{.kind = fx::FatKind::fat32, .cluster_count = 100};
    options.only_fat = fat;
    const auto volume = open_built(sample(options).build());
    BOOST_TEST(content_at(*volume, "EFI/Microsoft/Boot/bootmgfw.efi") == text_of(pattern(1500)));
  }
}

BOOST_AUTO_TEST_CASE(a_first_table_that_is_gone_is_replaced_by_the_second) {
  auto built = sample({.kind = fx::FatKind::fat16}).build();
  std::ranges::fill(std::span(built.bytes).subspan(built.fat_offset, built.fat_size), std::byte{0});
  const auto volume = open_built(built);
  BOOST_TEST(content_at(*volume, "EFI/Microsoft/Boot/bootmgfw.efi") == text_of(pattern(1500)));
  BOOST_TEST(findings_of(*volume).contains("fat-other-copy"));
}

BOOST_AUTO_TEST_CASE(a_volume_that_is_cut_short_gives_what_is_left) {
  auto built = sample().build();
  const auto& lost = built.find("EFI/Microsoft/Boot/BCD");
  const auto kept = prefix(built.bytes, built.cluster_offset(lost.clusters.front()));
  const auto volume = must(try_open(kept));
  BOOST_TEST(findings_of(*volume).contains("fat-truncated"));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  const auto entry = entry_at(*volume, "EFI/Microsoft/Boot/BCD");
  BOOST_TEST(must(volume->stat(entry.node)).size == 700U);
  BOOST_TEST(is_status(read_file(*volume, entry.node), Status::truncated));
  BOOST_TEST(is_status(try_open(prefix(built.bytes, built.root_offset)), Status::truncated));
}

BOOST_AUTO_TEST_SUITE_END()
