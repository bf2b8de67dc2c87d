// SPDX-License-Identifier: Apache-2.0
// Volumes that others made, when they are there.
#include <map>

#include "tests/support/real_data.h"
#include "tests/vfs/fat/fat_support.h"
#include "tests/vfs/fat/oracle_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

FileSystemPtr open_real(const std::string& name) {
  const SourcePtr source = real_source(name);
  BOOST_TEST(must(probe_fat(*source)));
  return must(open_fat(source));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_fat)

BOOST_AUTO_TEST_CASE(a_fat12_floppy_and_a_fat16_disk_have_their_files) {
  if (!have_real_data()) {
    return;
  }
  const std::map<std::string, std::string> files{
      {"file1.txt", "abc2d4482da025dd68008cad2c835bad4188a314ab82802c32c48eb26cbf36a5"},
      {"file2.txt", "98d9a9a872f9de3c1bffe6f330bf9c02aa8e101312dd4f7b6abc69900e2bb14a"},
      {"subdir1/file3.txt", "58ad6606e2a6a8deb29d837d1eaa5e3f5a58839032f0525ff8d96be2f34cabe4"}};
  for (const char* const name : {"disk/dissect_fat/fat12.bin", "disk/dissect_fat/fat16.bin"}) {
    const auto volume = open_real(name);
    for (const auto& [path, digest] : files) {
      BOOST_TEST(sha256_of(content_at(*volume, path)) == digest);
    }
    BOOST_TEST(tree_of(volume).size() == 4U);
    BOOST_TEST(volume->diagnostics().empty());
  }
  const auto info = open_real("disk/dissect_fat/fat16.bin")->info();
  BOOST_TEST(info.version == "FAT16");
  BOOST_TEST((info.label == u"LABFAT16"));
  BOOST_TEST((info.serial == 0x88FA453FU));
}

BOOST_AUTO_TEST_CASE(the_boot_image_of_windows_media_has_its_loader) {
  if (!have_real_data()) {
    return;
  }
  const auto volume = open_real("disk/win10_media/efisys.bin");
  BOOST_TEST(volume->info().version == "FAT12");
  BOOST_TEST((volume->info().label == u"EFISECTOR"));
  BOOST_TEST((volume->info().serial == 0xA04878U));
  const std::string loader = content_at(*volume, "efi/boot/bootx64.efi");
  BOOST_TEST(loader.size() == 1174024U);
  BOOST_TEST(sha256_of(loader) ==
             "9d10e66c25a7844e0852995f9018d91da15b0f567b60dd0d806a50a7e7644d2c");
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(volumes_of_other_formatters_say_what_they_are) {
  if (!have_real_data()) {
    return;
  }
  const auto xp = open_real("disk/util-linux/fat32_xp_label1.img.xz")->info();
  BOOST_TEST(xp.version == "FAT32");
  BOOST_TEST((xp.label == u"LABEL1"));
  BOOST_TEST((xp.serial == 0xA4209304U));
  const auto no_heads = open_real("disk/util-linux/fat16_noheads.img.xz");
  BOOST_TEST(no_heads->info().version == "FAT16");
  const auto tiny = open_real("disk/velociraptor/fat_very_small.dd");
  BOOST_TEST(tiny->info().version == "FAT12");
  read_everything(tiny);
}

BOOST_AUTO_TEST_SUITE_END()
