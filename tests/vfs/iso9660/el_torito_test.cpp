// SPDX-License-Identifier: Apache-2.0
#include "vfs/iso9660/el_torito.h"

#include "tests/support/mutate.h"
#include "tests/vfs/iso9660/iso9660_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// As Windows media have it: BIOS, then EFI in a section of its own.
fx::BuiltIso9660 windows_media() {
  return iso9660_sample(
             {.boot_images = {{.platform = 0, .content = pattern(4096), .sector_count = 8},
                              {.platform = 0xEF,
                               .content = pattern(8192, 2),
                               .sector_count = 1,
                               .section_id = "UEFI"}},
              .boot_id = "Microsoft Corporation"})
      .build();
}

std::optional<BootCatalog> read(const std::vector<std::byte>& bytes) {
  return must(read_boot_catalog(*as_source(bytes)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(el_torito)

BOOST_AUTO_TEST_CASE(images_for_both_firmwares_are_listed) {
  const auto built = windows_media();
  const auto catalog = read(built.bytes);
  BOOST_REQUIRE(catalog.has_value());
  BOOST_TEST(catalog->sector * std::uint64_t{2048} == built.boot_catalog);
  BOOST_TEST(catalog->id == "Microsoft Corporation");
  BOOST_TEST(catalog->checksum_valid);
  BOOST_TEST(catalog->key_valid);
  BOOST_TEST(catalog->findings.empty());
  BOOST_REQUIRE_EQUAL(catalog->entries.size(), 2U);
  const BootCatalogEntry& bios = catalog->entries[0];
  BOOST_TEST(bios.platform == boot_platform::bios);
  BOOST_TEST(bios.bootable);
  BOOST_TEST(bios.media == 0U);
  BOOST_TEST(bios.sector_count == 8U);
  const BootCatalogEntry& efi = catalog->entries[1];
  BOOST_TEST(efi.platform == boot_platform::efi);
  BOOST_TEST(efi.section_id == "UEFI");
  BOOST_TEST(efi.sector_count == 1U);
  std::vector<std::byte> image(8192);
  BOOST_TEST(is_ok(as_source(built.bytes)->read(efi.load_block * std::uint64_t{2048}, image)));
  BOOST_TEST(text_of(image) == text_of(pattern(8192, 2)));
}

BOOST_AUTO_TEST_CASE(media_without_boot_record_have_no_catalog) {
  BOOST_TEST(!read(iso9660_sample().build().bytes).has_value());
  BOOST_TEST(!read({}).has_value());
  BOOST_TEST(!read(pattern(100'000)).has_value());
}

BOOST_AUTO_TEST_CASE(wrong_checksum_and_key_are_findings) {
  auto built = windows_media();
  built.bytes[built.boot_catalog + 5] ^= std::byte{1};
  built.bytes[built.boot_catalog + 31] = std::byte{0};
  const auto catalog = read(built.bytes);
  BOOST_REQUIRE(catalog.has_value());
  BOOST_TEST(!catalog->checksum_valid);
  BOOST_TEST(!catalog->key_valid);
  BOOST_TEST(catalog->findings.items().size() == 2U);
  BOOST_TEST(catalog->entries.size() == 2U);
}

BOOST_AUTO_TEST_CASE(catalog_without_validation_entry_is_refused) {
  auto built = windows_media();
  built.bytes[built.boot_catalog] = std::byte{2};
  const auto catalog = read_boot_catalog(*as_source(built.bytes));
  BOOST_TEST(is_status(catalog, Status::corrupt));
  BOOST_TEST(mentions(catalog.error().message(), {"boot catalog in sector", "0x02"}));
}

BOOST_AUTO_TEST_CASE(catalog_behind_the_image_is_truncated) {
  auto built = windows_media();
  fx::put_u32(built.bytes, built.boot_record + 71, 0x00FF'FFFF);
  BOOST_TEST(is_status(read_boot_catalog(*as_source(built.bytes)), Status::truncated));
}

BOOST_AUTO_TEST_CASE(section_that_announces_too_much_ends_with_the_catalog) {
  auto built = windows_media();
  fx::put_u16(built.bytes, built.boot_catalog + 64 + 2, 0xFFFF);
  const auto catalog = read(built.bytes);
  BOOST_REQUIRE(catalog.has_value());
  BOOST_TEST(catalog->entries.size() >= 2U);
  BOOST_TEST(catalog->entries.size() <= 1024U);
}

BOOST_AUTO_TEST_CASE(entries_that_are_not_bootable_and_extensions_are_read) {
  auto built = windows_media();
  const std::uint64_t entry = built.boot_catalog + 96;
  built.bytes[entry] = std::byte{0};
  built.bytes[entry + 1] = std::byte{0x20 | 0x04};  // hard disk; an extension follows
  built.bytes[built.boot_catalog + 64] = std::byte{0x90};
  built.bytes[entry + 32] = std::byte{0x44};
  built.bytes[entry + 33] = std::byte{0x20};  // and another one
  built.bytes[entry + 64] = std::byte{0x44};
  // Behind the extensions, a last section with one entry.
  built.bytes[entry + 96] = std::byte{0x91};
  built.bytes[entry + 97] = std::byte{0x02};
  fx::put_u16(built.bytes, entry + 98, 1);
  built.bytes[entry + 128] = std::byte{0x88};
  const auto catalog = read(built.bytes);
  BOOST_REQUIRE(catalog.has_value());
  BOOST_REQUIRE_EQUAL(catalog->entries.size(), 3U);
  BOOST_TEST(!catalog->entries[1].bootable);
  BOOST_TEST(boot_media_name(catalog->entries[1].media) == "hard disk");
  BOOST_TEST(boot_platform_name(catalog->entries[2].platform) == "Mac");
  BOOST_TEST(catalog->findings.empty());
}

BOOST_AUTO_TEST_CASE(survives_changed_and_missing_bytes) {
  const auto built = windows_media();
  int listed = 0;
  for (std::uint64_t at = built.boot_catalog; at < built.boot_catalog + 160; ++at) {
    for (const unsigned flip : {0x01U, 0x90U, 0xFFU}) {
      auto bytes = built.bytes;
      bytes[at] ^= static_cast<std::byte>(flip);
      listed += read_boot_catalog(*as_source(std::move(bytes))) ? 1 : 0;
    }
    (void)read_boot_catalog(*as_source(prefix(built.bytes, at)));
  }
  BOOST_TEST(listed > 100);
}

BOOST_AUTO_TEST_SUITE_END()
