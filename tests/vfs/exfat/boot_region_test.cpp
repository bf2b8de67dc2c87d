// SPDX-License-Identifier: Apache-2.0
// Boot regions: every field, checksums, the backup.
#include "vfs/exfat/boot_region.h"

#include <algorithm>
#include <array>
#include <boost/test/data/test_case.hpp>

#include "tests/support/mutate.h"
#include "tests/vfs/exfat/exfat_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

const fx::BuiltExfat& base() {
  static const fx::BuiltExfat built = exfat_sample().build();
  return built;
}

const std::array mutations{
    Mutation{"revision 2", 105, {2}, Status::unsupported},
    Mutation{"sectors of 256 bytes", 108, {8}, Status::corrupt},
    Mutation{"sectors of 8192 bytes", 108, {13}, Status::corrupt},
    Mutation{"sectors of 2^255 bytes", 108, {255}, Status::corrupt},
    Mutation{"clusters of 64 MiB", 109, {17}, Status::corrupt},
    Mutation{"clusters of 2^255 sectors", 109, {255}, Status::corrupt},
    Mutation{"no FAT", 110, {0}, Status::corrupt},
    Mutation{"3 FATs", 110, {3}, Status::corrupt},
    Mutation{"the FAT in the boot region", 80, {23, 0}, Status::corrupt},
    Mutation{"the FAT behind the clusters", 80, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"a FAT of 0 sectors", 84, {0}, Status::corrupt},
    Mutation{"a FAT of 2^32 - 1 sectors", 84, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"clusters in the FAT", 88, {24, 0}, Status::corrupt},
    Mutation{"clusters behind the end", 88, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"no cluster", 92, {0, 0}, Status::corrupt},
    Mutation{"more clusters than sectors", 92, {0xFF, 0xFF}, Status::corrupt},
    Mutation{"2^32 - 1 clusters", 92, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"root directory in cluster 1", 96, {1}, Status::corrupt},
    Mutation{"root directory in cluster 2^32 - 1", 96, {0xFF, 0xFF, 0xFF, 0xFF}, Status::corrupt},
    Mutation{"a volume of no sectors", 72, {0, 0}, Status::corrupt},
    Mutation{"a volume of 2^64 - 1 sectors",
             72,
             {255, 255, 255, 255, 255, 255, 255, 255},
             Status::corrupt},
};

std::vector<std::byte> without_backup(std::vector<std::byte> bytes) {
  std::ranges::fill(std::span(bytes).subspan(12 * 512, 12 * 512), std::byte{0});
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exfat_boot_region)

BOOST_DATA_TEST_CASE(rejects_impossible_fields, bdata::make(mutations), mutation) {
  const auto bytes = without_backup(mutate(base().bytes, mutation.offset, mutation.bytes));
  BOOST_TEST(is_status(try_open_exfat(bytes), mutation.expected));
  BOOST_TEST(must(probe_exfat(*as_source(bytes))));  // it is exFAT all the same
}

BOOST_DATA_TEST_CASE(a_damaged_region_is_replaced_by_its_backup, bdata::make(mutations), mutation) {
  const auto volume = must(try_open_exfat(mutate(base().bytes, mutation.offset, mutation.bytes)));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  BOOST_TEST(findings_of(*volume).contains("exfat-backup-boot-region"));
}

BOOST_AUTO_TEST_CASE(a_zeroed_region_is_replaced_for_every_sector_size) {
  for (const std::uint32_t shift : {9U, 10U, 11U, 12U}) {
    auto built = exfat_sample({.sector_shift = shift}).build();
    std::ranges::fill(std::span(built.bytes).first(12 * built.sector_size), std::byte{0});
    BOOST_TEST(must(probe_exfat(*as_source(built.bytes))));
    const auto volume = open_built(built);
    BOOST_TEST(content_at(*volume, "dir/below/BCD") == text_of(pattern(700, 2)));
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_checksum_prefers_the_backup_and_is_a_finding_without_one) {
  auto bytes = base().bytes;
  bytes[100] ^= std::byte{1};  // the serial number
  const auto restored = must(try_open_exfat(bytes));
  BOOST_TEST((restored->info().serial == 0x1234ABCDU));
  BOOST_TEST(mentions(finding(*restored, "exfat-backup-boot-region"), {"checksum"}));
  const auto alone = must(try_open_exfat(without_backup(bytes)));
  BOOST_TEST((alone->info().serial == 0x1234ABCCU));
  BOOST_TEST(findings_of(*alone).contains("exfat-boot-checksum"));
}

BOOST_AUTO_TEST_CASE(the_checksum_leaves_out_what_changes_while_mounted) {
  auto bytes = base().bytes;
  bytes[106] = std::byte{2};
  bytes[112] = std::byte{42};
  const auto volume = must(try_open_exfat(bytes));
  BOOST_TEST(volume->diagnostics().empty());
  BOOST_TEST(volume->info().dirty);
}

BOOST_AUTO_TEST_CASE(what_is_no_exfat_is_told_apart) {
  const std::vector<std::byte> zeros(65536);
  BOOST_TEST(!must(probe_exfat(*as_source(zeros))));
  BOOST_TEST(is_status(try_open_exfat(zeros), Status::bad_format));
  BOOST_TEST(!must(probe_exfat(*as_source(std::vector<std::byte>(100)))));
  BOOST_TEST(is_status(try_open_exfat(std::vector<std::byte>(100)), Status::truncated));
  auto other = base().bytes;
  fx::put_bytes(other, 3, fx::ascii_bytes("NTFS    "));  // 55 AA stays: not a damaged exFAT
  BOOST_TEST(!must(probe_exfat(*as_source(other))));
}

BOOST_AUTO_TEST_CASE(the_volume_says_what_it_is) {
  fx::ExfatOptions options{.cluster_shift = 3, .partition_offset = 0x1'0000'0800};
  options.serial = 0xA1B2C3D4;
  const auto built = exfat_sample(options).build();
  const auto volume = open_built(built);
  const FileSystemInfo info = volume->info();
  BOOST_TEST(info.version == "exFAT 1.00");
  BOOST_TEST((info.label == u"Дата"));
  BOOST_TEST((info.serial == 0xA1B2C3D4U));
  BOOST_TEST(info.cluster_size == 4096U);
  BOOST_TEST(info.size == built.bytes.size());
  BOOST_TEST((info.start_sector == 0x1'0000'0800U));
  BOOST_TEST(!info.dirty);
  BOOST_TEST(std::string(volume->type_name()) == "exfat");
}

BOOST_AUTO_TEST_CASE(the_second_fat_of_texfat_is_read_when_the_flags_say_so) {
  for (const std::uint16_t flags : {std::uint16_t{0}, std::uint16_t{1}}) {
    const auto volume = open_built(exfat_sample({.flags = flags, .fat_count = 2}).build());
    BOOST_TEST(content_at(*volume, "dir/below/chained.bin") == text_of(pattern(3000)));
    BOOST_TEST(findings_of(*volume) == (std::set<std::string>{"exfat-two-fats"}),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_volume_that_is_cut_short_gives_what_is_left) {
  const auto& built = base();
  const auto first = built.find("dir/below/BCD").clusters.front();
  const auto volume = must(try_open_exfat(prefix(built.bytes, built.cluster_offset(first))));
  BOOST_TEST(findings_of(*volume).contains("exfat-truncated"));
  BOOST_TEST(content_at(*volume, "README.TXT") == "short");
  BOOST_TEST(
      is_status(read_file(*volume, entry_at(*volume, "dir/below/BCD").node), Status::truncated));
  BOOST_TEST(is_status(try_open_exfat(prefix(built.bytes, built.heap_offset)), Status::truncated));
}

BOOST_AUTO_TEST_SUITE_END()
