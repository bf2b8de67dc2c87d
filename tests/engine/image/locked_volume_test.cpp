// SPDX-License-Identifier: Apache-2.0
// Windows that boot entries start on volumes that cannot be opened.
#include <boost/test/unit_test.hpp>

#include "engine/image/unreadable_installation.h"
#include "tests/engine/image/disk_image.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

/// The usual laptop: everything but the system volume can be read.
struct LockedMachine {
  fixture::GptDisk disk = gpt_plan("a");
  DiskTrees content{.trees = {}, .locked = {4}};

  LockedMachine() {
    content.trees[1].add_file("Recovery/WindowsRE/Winre.wim", "MSWIM");
    content.trees[2].add_file("EFI/Microsoft/Boot/BCD",
                              boot_store(gpt_place(disk, 2), gpt_place(disk, 4)));
  }

  OpenedImage opened() const { return image_of_disk(fixture::build_gpt_disk(disk), content); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(locked_volume, LockedMachine)

BOOST_AUTO_TEST_CASE(the_error_says_that_windows_is_there_and_locked) {
  const auto result = Image::open(opened(), {});
  BOOST_TEST(is_status(result, Status::unsupported));
  BOOST_TEST(mentions(result.error().message(),
                      {"\\Windows on partition 4, which \"Windows 11\"", "is locked", locked_reason,
                       "\\EFI\\Microsoft\\Boot\\BCD",
                       "no Windows installation that can be read in /images/disk.img",
                       "partition 1 is a recovery partition"}));
}

BOOST_AUTO_TEST_CASE(a_locked_volume_without_a_boot_store_is_named_too) {
  content.trees.erase(2);
  const auto result = Image::open(opened(), {});
  BOOST_TEST(is_status(result, Status::unsupported));
  BOOST_TEST(
      mentions(result.error().message(), {"no Windows installation in", "partition 4 is locked"}));
}

BOOST_AUTO_TEST_CASE(a_volume_that_cannot_be_read_for_another_reason_is_no_lock) {
  content.locked.clear();
  const auto result = Image::open(opened(), {});
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(),
                      {"\\Windows on partition 4", "cannot be read: unknown content"}));
}

BOOST_AUTO_TEST_CASE(beside_another_installation_it_is_a_finding) {
  fixture::Tree tree;
  add_small_windows(tree, "Windows", small_system(), small_software());
  content.trees[1] = tree;
  const ImagePtr image = must(Image::open(opened(), {}));
  BOOST_TEST(image->installation().volume == 0U);
  BOOST_TEST_REQUIRE(image->unreadable_installations().size() == 1U);
  const UnreadableInstallation& locked = image->unreadable_installations()[0];
  BOOST_TEST(locked.volume == 3U);
  BOOST_TEST(locked.locked);
  BOOST_TEST(locked.is_default);
  BOOST_TEST((locked.windows_directory == u"\\Windows"));
  BOOST_TEST(locked.reason == locked_reason);
  BOOST_TEST(has_finding(image->opened().diagnostics, "present-but-locked", "partition 4"));
  BOOST_TEST(!image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(an_installation_that_can_be_read_is_no_finding) {
  content.trees[4] = small_windows();
  content.locked.clear();
  const ImagePtr image = must(Image::open(opened(), {}));
  BOOST_TEST(image->unreadable_installations().empty());
  BOOST_TEST(!has_finding(image->opened().diagnostics, "present-but-locked"));
}

BOOST_AUTO_TEST_CASE(a_named_directory_that_is_not_found_may_be_on_the_locked_volume) {
  content.trees[1] = small_windows();
  const auto result =
      Image::open(opened(), {.windows_directory = u"D:\\Windows2", .system_drive = {}});
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(), {"Windows2", "partition 4 is locked"}));
}

BOOST_AUTO_TEST_CASE(several_entries_for_one_windows_are_one) {
  content.trees[2].add_file("Boot/BCD",
                            boot_store(gpt_place(disk, 2), gpt_place(disk, 4), false, "\\WINDOWS"));
  content.trees[1] = small_windows();
  BOOST_TEST(must(Image::open(opened(), {}))->unreadable_installations().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_old_boot_menu_finds_it_by_its_ordinal) {
  DiskTrees old{.trees = {}, .locked = {2}};
  old.trees[1].add_file("boot.ini",
                        "[boot loader]\ndefault=multi(0)disk(0)rdisk(0)partition(2)\\WINDOWS\n"
                        "[operating systems]\n"
                        "multi(0)disk(0)rdisk(0)partition(2)\\WINDOWS=\"Windows XP\"\n");
  const auto result = Image::open(image_of_disk(fixture::build_mbr_disk(mbr_plan(5)), old), {});
  BOOST_TEST(is_status(result, Status::unsupported));
  BOOST_TEST(mentions(result.error().message(), {"\\WINDOWS on partition 2", "Windows XP"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
