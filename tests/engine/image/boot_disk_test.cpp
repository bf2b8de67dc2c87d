// SPDX-License-Identifier: Apache-2.0
// Boot stores and boot entries on real partition tables.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/engine/image/disk_image.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr const char* uefi_store = "EFI/Microsoft/Boot/BCD";

const BootStore& chosen(const ImagePtr& image) {
  BOOST_REQUIRE(image->boot_manager().chosen.has_value());
  return image->boot_manager().stores.at(*image->boot_manager().chosen);
}

/// SYSTEM of a Windows that remembers where it was started from.
fixture::HiveBuilder started_system(const char* firmware, const char* system,
                                    const char* partition) {
  fixture::HiveBuilder hive = small_system();
  hive.key("ControlSet001\\Control")
      .set_string("FirmwareBootDevice", firmware)
      .set_string("SystemBootDevice", system);
  hive.key("Setup").set_string("SystemPartition", partition);
  return hive;
}

fixture::Tree windows_with(const fixture::HiveBuilder& system) {
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  return tree;
}

/// As a UEFI machine with a second disk wrote it.
fixture::Tree uefi_windows() {
  return windows_with(started_system("multi(0)disk(0)rdisk(1)partition(2)",
                                     "multi(0)disk(0)rdisk(1)partition(4)",
                                     "\\Device\\HarddiskVolume2"));
}

struct GptMachine {
  fixture::GptDisk disk = gpt_plan("a");
  DiskTrees content;

  ImagePtr open() const {
    return must(Image::open(image_of_disk(fixture::build_gpt_disk(disk), content), {}));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(boot_on_gpt, GptMachine)

BOOST_AUTO_TEST_CASE(every_kind_of_evidence_counts) {
  content.trees[2].add_file(uefi_store, boot_store(gpt_place(disk, 2), gpt_place(disk, 4)));
  content.trees[2].add_file("EFI/Microsoft/Boot/bootmgfw.efi", "x");
  content.trees[4] = uefi_windows();
  const ImagePtr image = open();
  const BootStore& store = chosen(image);
  BOOST_TEST(store.score == 40 + 20 + 15 + 10 + 10 + 5 + 5);
  BOOST_TEST(points_for(store.evidence, "EFI system partition").value() == 15);
  BOOST_TEST(points_for(store.evidence, "on the disk of the installation").value() == 10);
  BOOST_TEST(points_for(store.evidence, "the firmware started from").value() == 10);
  BOOST_TEST(points_for(store.evidence, "Setup names").value() == 5);
  BOOST_TEST(image->installation().volume == 3U);
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
  BOOST_TEST(!has_finding(image->opened().diagnostics, "moved-or-cloned"));
}

BOOST_AUTO_TEST_CASE(what_the_firmware_started_decides_between_two_system_partitions) {
  // Both stores start this Windows; only the record in SYSTEM tells which one did.
  disk.slots[0]->type = fixture::gpt_type::efi_system;
  for (const std::uint32_t number : {1U, 2U}) {
    content.trees[number].add_file(uefi_store,
                                   boot_store(gpt_place(disk, number), gpt_place(disk, 4)));
  }
  content.trees[4] = uefi_windows();
  BOOST_TEST(chosen(open()).volume == 1U);
}

BOOST_AUTO_TEST_CASE(a_store_on_another_partition_type_is_worth_less) {
  for (const std::uint32_t number : {1U, 2U}) {
    content.trees[number].add_file(uefi_store,
                                   boot_store(gpt_place(disk, number), gpt_place(disk, 4)));
  }
  content.trees[4] = small_windows();
  const ImagePtr image = open();
  BOOST_TEST(chosen(image).volume == 1U);
  BOOST_TEST(!points_for(image->boot_manager().stores.at(1).evidence, "EFI system partition"));
}

BOOST_AUTO_TEST_CASE(a_moved_disk_is_reported) {
  content.trees[2].add_file(uefi_store, boot_store(gpt_place(disk, 2), gpt_place(disk, 4)));
  content.trees[4] = windows_with(started_system("multi(0)disk(0)rdisk(0)partition(1)",
                                                 "multi(0)disk(0)rdisk(0)partition(3)",
                                                 "\\Device\\HarddiskVolume1"));
  const ImagePtr image = open();
  BOOST_TEST(!points_for(chosen(image).evidence, "the firmware started from"));
  BOOST_TEST(has_finding(image->opened().diagnostics, "moved-or-cloned",
                         "it is partition 4 of its disk, and 3 was the one"));
  BOOST_TEST(has_finding(image->opened().diagnostics, "moved-or-cloned",
                         "it is partition 2 of its disk, and 1 was the one"));
}

BOOST_AUTO_TEST_CASE(records_of_no_known_form_are_no_evidence) {
  content.trees[2].add_file(uefi_store, boot_store(gpt_place(disk, 2), gpt_place(disk, 4)));
  content.trees[4] = windows_with(
      started_system("efi(2)", "multi(0)", "\\Device\\HarddiskVolume99999999999999999999"));
  const ImagePtr image = open();
  BOOST_TEST(!points_for(chosen(image).evidence, "the firmware started from"));
  BOOST_TEST(!points_for(chosen(image).evidence, "Setup names"));
  BOOST_TEST(!has_finding(image->opened().diagnostics, "moved-or-cloned"));
}

BOOST_AUTO_TEST_CASE(each_copy_of_a_disk_starts_its_own_windows) {
  content.trees[2].add_file(uefi_store, boot_store(gpt_place(disk, 2), gpt_place(disk, 4)));
  content.trees[4] = small_windows();
  const auto bytes = fixture::build_gpt_disk(disk);
  const OpenedImage two = image_of_disks(bytes, content, bytes, content);
  const ImagePtr image = must(Image::open(two, {}));
  BOOST_TEST_REQUIRE(image->installations().size() == 2U);
  for (const Installation& installation : image->installations()) {
    BOOST_TEST(points_for(installation.evidence, "a boot entry").value() == 15);
  }
  const std::size_t windows = image->installation().volume;
  BOOST_TEST(chosen(image).volume == windows - 2);
  BOOST_TEST(chosen(image).bootmgr_device == "ok");
}

BOOST_AUTO_TEST_CASE(another_disk_identifier_is_reported_and_hides_nothing) {
  fixture::GptPartition windows = gpt_place(disk, 4);
  windows.disk = fixture::derived_guid("before");
  content.trees[2].add_file(uefi_store, boot_store(gpt_place(disk, 2), windows));
  content.trees[4] = small_windows();
  const ImagePtr image = open();
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
  BOOST_TEST(has_finding(image->opened().diagnostics, "boot-entry-other-disk",
                         fixture::derived_guid("before").text()));
}

BOOST_AUTO_TEST_CASE(a_recovery_partition_is_no_installation) {
  content.trees[1].add_file("Recovery/WindowsRE/Winre.wim", "MSWIM");
  content.trees[1].add_file("Recovery/WindowsRE/boot.sdi", "x");
  content.trees[1].add_file("Recovery/WindowsRE/ReAgent.xml", "<WindowsRE/>");
  // The store's recovery entry names that file, and \Windows inside it.
  fixture::BcdEntry entry;
  entry.os_device = fixture::device_at(gpt_place(disk, 4));
  entry.recovery_place = gpt_place(disk, 1);
  fixture::BcdStorePlan plan;
  plan.boot_manager_place = gpt_place(disk, 2);
  plan.entries = {entry};
  content.trees[2].add_file(uefi_store, fixture::build_bcd_store(plan).build());
  content.trees[4] = small_windows();
  const ImagePtr image = open();
  BOOST_TEST_REQUIRE(image->installations().size() == 1U);
  BOOST_TEST(image->installation().volume == 3U);
  BOOST_TEST(image->unreadable_installations().empty());
}

BOOST_AUTO_TEST_CASE(a_recovery_partition_alone_is_named) {
  content.trees[1].add_file("Recovery/WindowsRE/Winre.wim", "MSWIM");
  const auto result = Image::open(image_of_disk(fixture::build_gpt_disk(disk), content), {});
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(),
                      {"partition 1 is a recovery partition", "\\Recovery\\WindowsRE\\Winre.wim"}));
}

BOOST_AUTO_TEST_CASE(a_directory_on_another_volume_than_the_selected_one_is_refused) {
  add_small_windows(content.trees[1], "Windows", small_system(), small_software());
  add_small_windows(content.trees[4], "WinTwo", small_system(), small_software());
  OpenedImage opened = image_of_disk(fixture::build_gpt_disk(disk), content);
  opened.selected = 0;
  const auto elsewhere =
      Image::open(opened, {.windows_directory = u"\\WinTwo", .system_drive = {}});
  BOOST_TEST(is_status(elsewhere, Status::path_not_found));
  BOOST_TEST(mentions(elsewhere.error().message(), {"WinTwo", "selects partition 1"}));
  BOOST_TEST(must(Image::open(opened, {.windows_directory = u"\\Windows", .system_drive = {}}))
                 ->installation()
                 .volume == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(boot_on_mbr)

BOOST_DATA_TEST_CASE(boot_entries_name_partitions_by_byte_offset,
                     boost::unit_test::data::make({512U, 4096U}), sector_size) {
  const fixture::MbrDisk plan = mbr_plan(0x76A4A23D, sector_size);
  // A logical partition, counted from the start of the disk; its EBR tells the sector size.
  DiskTrees content;
  content.trees[1].add_file(
      "Boot/BCD", boot_store(mbr_place(plan, 8), mbr_place(plan, 260), false, "\\Windows"));
  content.trees[1].add_file("bootmgr", "x");
  content.trees[6] = small_windows();
  const ImagePtr image =
      must(Image::open(image_of_disk(fixture::build_mbr_disk(plan), content), {}));
  BOOST_TEST(image->installation().volume == 3U);
  BOOST_TEST(chosen(image).score == 40 + 20 + 15 + 10 + 5);
  BOOST_TEST(points_for(chosen(image).evidence, "active partition").value() == 15);
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(an_inactive_partition_is_worth_less) {
  fixture::MbrDisk plan = mbr_plan(1);
  plan.slots[0]->active = false;
  DiskTrees content;
  content.trees[1].add_file("Boot/BCD", boot_store(mbr_place(plan, 8), mbr_place(plan, 50), false));
  content.trees[2] = small_windows();
  const ImagePtr image =
      must(Image::open(image_of_disk(fixture::build_mbr_disk(plan), content), {}));
  BOOST_TEST(!points_for(chosen(image).evidence, "active"));
}

/// A boot.ini with one entry at this ARC name.
std::string boot_ini(const std::string& arc) {
  return "[boot loader]\ndefault=" + arc + "\\WINDOWS\n[operating systems]\n" + arc +
         "\\WINDOWS=\"Windows XP\"\n";
}

/// The position of the volume whose Windows the boot.ini of `arc` starts, of an MBR disk with a
/// WINDOWS on every partition but the first.
std::string started_by(const std::string& arc) {
  DiskTrees content;
  content.trees[1].add_file("boot.ini", boot_ini(arc));
  for (const std::uint32_t number : {2U, 5U, 6U}) {
    add_small_windows(content.trees[number], "WINDOWS", small_system(), small_software());
  }
  const ImagePtr image =
      must(Image::open(image_of_disk(fixture::build_mbr_disk(mbr_plan(0x8B467C12)), content), {}));
  std::string started;
  for (const Installation& installation : image->installations()) {
    if (points_for(installation.evidence, "the default boot entry")) {
      started += std::to_string(installation.volume);
    }
  }
  return started;
}

BOOST_AUTO_TEST_CASE(arc_names_count_primaries_then_logical_partitions) {
  BOOST_TEST(started_by("multi(0)disk(0)rdisk(0)partition(2)") == "1");
  BOOST_TEST(started_by("multi(0)disk(0)rdisk(0)partition(3)") == "2");
  BOOST_TEST(started_by("scsi(0)disk(1)rdisk(0)partition(4)") == "3");
  BOOST_TEST(started_by("signature(8b467c12)disk(1)rdisk(0)partition(3)") == "2");
  BOOST_TEST(started_by("multi(0)disk(0)rdisk(0)partition(1)") == "");  // nothing is there
  BOOST_TEST(started_by("multi(0)disk(0)rdisk(0)partition(5)") == "");
}

BOOST_AUTO_TEST_CASE(a_signature_that_no_disk_has_any_more_is_passed_over) {
  BOOST_TEST(started_by("signature(11111111)disk(1)rdisk(0)partition(3)") == "2");
}

BOOST_AUTO_TEST_CASE(the_disk_of_the_boot_ini_comes_first_then_the_others) {
  DiskTrees first;
  first.trees[1].add_file("boot.ini", boot_ini("multi(0)disk(0)rdisk(1)partition(2)"));
  DiskTrees second;
  add_small_windows(second.trees[2], "WINDOWS", small_system(), small_software());
  const auto open = [&] {
    return must(Image::open(image_of_disks(fixture::build_mbr_disk(mbr_plan(1)), first,
                                           fixture::build_mbr_disk(mbr_plan(2)), second),
                            {}));
  };
  first.trees[2] = {};
  BOOST_TEST(open()->installation().volume == 5U);
  BOOST_TEST(open()->boot_manager().entries.at(0).starts_chosen);
  add_small_windows(first.trees[2], "WINDOWS", small_system(), small_software());
  BOOST_TEST(open()->installation().volume == 1U);
}

BOOST_AUTO_TEST_CASE(a_signature_leads_to_its_own_disk) {
  DiskTrees first;
  first.trees[1].add_file("boot.ini", boot_ini("signature(2)disk(0)rdisk(0)partition(2)"));
  add_small_windows(first.trees[2], "WINDOWS", small_system(), small_software());
  DiskTrees second;
  add_small_windows(second.trees[2], "WINDOWS", small_system(), small_software());
  const ImagePtr image =
      must(Image::open(image_of_disks(fixture::build_mbr_disk(mbr_plan(1)), first,
                                      fixture::build_mbr_disk(mbr_plan(2)), second),
                       {}));
  BOOST_TEST(image->installation().volume == 5U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
