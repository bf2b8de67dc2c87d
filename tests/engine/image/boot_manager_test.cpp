// SPDX-License-Identifier: Apache-2.0
// Boot stores: finding, judging, choosing; what their entries start.
#include "engine/image/boot_manager.h"

#include <boost/test/unit_test.hpp>

#include "fixtures/build/bcd_builder.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

const fixture::GptPartition esp{fixture::derived_guid("esp"), fixture::derived_guid("disk")};
const fixture::GptPartition windows{fixture::derived_guid("windows"),
                                    fixture::derived_guid("disk")};
const fixture::GptPartition elsewhere{fixture::derived_guid("x"), fixture::derived_guid("y")};

fixture::ByteVector store(const fixture::BcdPlace& boot_manager, const fixture::BcdPlace& os_device,
                          bool uefi = true) {
  fixture::BcdEntry entry;
  entry.os_device = fixture::device_at(os_device);
  fixture::BcdStorePlan plan;
  plan.uefi = uefi;
  plan.boot_manager_place = boot_manager;
  plan.entries = {entry};
  return fixture::build_bcd_store(plan).build();
}

Guid guid_of(const fixture::Guid& guid) {
  return Guid::from_bytes(guid.bytes);
}

/// An ESP and a Windows volume of one GPT disk.
struct UefiDisk {
  fixture::Tree esp_tree;
  fixture::Tree windows_tree = small_windows();

  OpenedImage opened() const {
    OpenedImage image = image_of({volume_of(esp_tree), volume_of(windows_tree)});
    image.volumes[0].identity.partition_id = guid_of(esp.partition);
    image.volumes[0].identity.disk_id = guid_of(esp.disk);
    image.volumes[1].identity.partition_id = guid_of(windows.partition);
    image.volumes[1].identity.disk_id = guid_of(windows.disk);
    return image;
  }
  ImagePtr open(const ImageChoice& choice = {}) const {
    return must(Image::open(opened(), choice));
  }
};

const BootStore& chosen(const ImagePtr& image) {
  const BootManager& manager = image->boot_manager();
  BOOST_REQUIRE(manager.chosen.has_value());
  return manager.stores.at(*manager.chosen);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(boot_manager, UefiDisk)

BOOST_AUTO_TEST_CASE(finds_the_store_that_starts_the_installation) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", store(esp, windows));
  esp_tree.add_file("EFI/Microsoft/Boot/bootmgfw.efi", "x");
  const ImagePtr image = open();
  BOOST_TEST(chosen(image).volume == 0U);
  BOOST_TEST(to_utf8(chosen(image).path) == "\\EFI\\Microsoft\\Boot\\BCD");
  BOOST_TEST((chosen(image).firmware == Firmware::uefi));
  BOOST_TEST(chosen(image).bootmgr_device == "ok");
  BOOST_TEST(chosen(image).score == 40 + 20 + 10 + 5);
  BOOST_TEST_REQUIRE(image->boot_manager().entries.size() >= 1U);
  const BootEntry& entry = image->boot_manager().entries[0];
  BOOST_TEST(entry.starts_chosen);
  BOOST_TEST(entry.is_default);
  BOOST_TEST(entry.in_display_order);
  BOOST_TEST((entry.system_root == u"\\Windows"));
  BOOST_TEST(mentions(image->boot_manager().reason, {"volume 1", "starts \\Windows"}));
}

BOOST_AUTO_TEST_CASE(what_starts_an_installation_counts_for_it) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", store(esp, windows));
  const ImagePtr image = open();
  BOOST_TEST(points_for(image->installation().evidence, "a boot entry").value() == 15);
  BOOST_TEST(points_for(image->installation().evidence, "the default boot entry").value() == 10);
  BOOST_TEST(image->installation().origin == "bcd");
}

BOOST_AUTO_TEST_CASE(a_stale_boot_manager_device_is_reported_and_decides_nothing) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", store(elsewhere, windows));
  const ImagePtr image = open();
  BOOST_TEST(chosen(image).bootmgr_device == "stale");
  BOOST_TEST(chosen(image).score == 40 + 10);
}

BOOST_AUTO_TEST_CASE(a_store_without_a_boot_manager_object_is_still_a_store) {
  fixture::BcdBuilder bare;
  bare.object(fixture::derived_guid("loader"), fixture::bcd_object::os_loader)
      .set_device(fixture::bcd_element::os_device, fixture::device_at(windows))
      .set_string(fixture::bcd_element::system_root, "\\WINDOWS");
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", bare.build());
  const ImagePtr image = open();
  BOOST_TEST(chosen(image).bootmgr_device == "missing");
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(in_a_lone_directory_devices_stay_unresolved) {
  windows_tree.add_file("EFI/Microsoft/Boot/BCD", store(esp, windows));
  const ImagePtr image = open_tree(windows_tree);
  BOOST_TEST(chosen(image).bootmgr_device == "unresolved");
  BOOST_TEST(!image->boot_manager().entries.at(0).starts_chosen);
  BOOST_TEST((image->boot_manager().drive == u'C'));
}

BOOST_AUTO_TEST_CASE(mounted_devices_tell_the_partition_of_a_lone_directory) {
  fixture::HiveBuilder system = small_system();
  system.key("MountedDevices").set_binary("\\DosDevices\\C:", fixture::mounted_partition(windows));
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  tree.add_file("EFI/Microsoft/Boot/BCD", store(windows, windows));
  const ImagePtr image = open_tree(tree);
  BOOST_TEST(chosen(image).bootmgr_device == "ok");
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(the_boot_device_is_the_volume_of_the_store) {
  windows_tree.add_file("Boot/BCD", store(fixture::BootVolume{}, fixture::BootVolume{}, false));
  windows_tree.add_file("bootmgr", "x");
  const ImagePtr image = open_tree(windows_tree);
  BOOST_TEST((chosen(image).firmware == Firmware::bios));
  BOOST_TEST(chosen(image).bootmgr_device == "ok");
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(a_locate_device_is_the_first_volume_that_has_the_path) {
  fixture::BcdEntry entry;
  entry.os_device = fixture::device_locate(fixture::bcd_element::system_root);
  fixture::BcdStorePlan plan;
  plan.entries = {entry};
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", fixture::build_bcd_store(plan).build());
  const ImagePtr image = open();
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(the_better_of_two_stores_is_chosen_and_the_other_kept) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", store(esp, windows));
  windows_tree.add_file("Boot/BCD", store(elsewhere, elsewhere, false));
  const ImagePtr image = open();
  BOOST_TEST(chosen(image).volume == 0U);
  BOOST_TEST(image->boot_manager().stores.size() == 2U);
  BOOST_TEST(image->boot_manager().chosen.value() == 0U);
}

BOOST_AUTO_TEST_CASE(a_damaged_store_is_kept_with_its_error_behind_the_good_one) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", "damaged");
  windows_tree.add_file("Boot/BCD", store(elsewhere, elsewhere, false));
  const ImagePtr image = open();
  BOOST_TEST(chosen(image).volume == 1U);
  const BootStore& damaged = image->boot_manager().stores.at(1);
  BOOST_TEST((damaged.store == nullptr));
  BOOST_TEST(!damaged.error.empty());
  BOOST_TEST(damaged.bootmgr_device == "unresolved");
}

BOOST_AUTO_TEST_CASE(the_template_of_the_installation_is_no_store) {
  windows_tree.add_file("Windows/System32/config/BCD-Template", store(windows, windows));
  windows_tree.add_file("Windows/Boot/PCAT/bootmgr", "x");
  BOOST_TEST(!open()->boot_manager().chosen.has_value());
}

BOOST_AUTO_TEST_CASE(none_is_an_answer_with_a_reason) {
  const ImagePtr image = open();
  const BootManager& manager = image->boot_manager();
  BOOST_TEST(!manager.chosen.has_value());
  BOOST_TEST(mentions(manager.reason, {"\\EFI\\Microsoft\\Boot\\BCD", "2 volumes"}));
  BOOST_TEST(manager.entries.empty());
  BOOST_TEST(!manager.drive.has_value());
}

BOOST_AUTO_TEST_CASE(boot_ini_is_a_store) {
  windows_tree.add_file("boot.ini",
                        "[boot loader]\ndefault=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\n"
                        "[operating systems]\n"
                        "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"XP\" /fastdetect\n"
                        "multi(0)disk(0)rdisk(0)partition(1)\\WINNT=\"2000\"\n");
  windows_tree.add_file("ntldr", "x");
  const ImagePtr image = open_tree(windows_tree);
  BOOST_TEST(to_utf8(chosen(image).path) == "\\boot.ini");
  BOOST_TEST((chosen(image).store == nullptr));
  BOOST_TEST(chosen(image).error.empty());
  BOOST_TEST(chosen(image).score == 40 + 10 + 5);
  BOOST_TEST_REQUIRE(image->boot_manager().entries.size() == 2U);
  BOOST_TEST(image->boot_manager().entries[0].starts_chosen);
  BOOST_TEST(image->boot_manager().entries[0].is_default);
  BOOST_TEST(!image->boot_manager().entries[1].starts_chosen);
}

BOOST_AUTO_TEST_CASE(arc_names_count_the_partitions_of_the_disk) {
  OpenedImage image = image_of({volume_of(small_windows()), volume_of(small_windows())});
  for (std::size_t i = 0; i < 2; ++i) {
    image.volumes[i].identity.mbr_signature = 0x8B467C12;
    image.volumes[i].identity.start_offset = 1'000'000 * (i + 1);
  }
  fixture::Tree tree = small_windows();
  tree.add_file("boot.ini",
                "[boot loader]\ndefault=signature(8b467c12)disk(0)rdisk(0)partition(2)\\WINDOWS\n"
                "[operating systems]\n"
                "signature(8b467c12)disk(0)rdisk(0)partition(2)\\WINDOWS=\"XP\"\n");
  image.volumes[0].file_system = volume_of(tree);
  const ImagePtr opened = must(Image::open(std::move(image), {}));
  BOOST_TEST(opened->installation().volume == 1U);
  BOOST_TEST(mentions(opened->choice_reason(), {"default entry"}));
}

BOOST_AUTO_TEST_CASE(the_system_drive_of_the_caller_restricts_the_choice) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", store(esp, windows));
  windows_tree.add_file("Boot/BCD", store(elsewhere, elsewhere, false));
  const ImagePtr image = open({.windows_directory = {}, .system_drive = u"C:\\"});
  BOOST_TEST(chosen(image).volume == 1U);
  BOOST_TEST((image->boot_manager().drive == u'C'));
  BOOST_TEST(mentions(image->boot_manager().reason, {"caller"}));
}

BOOST_AUTO_TEST_CASE(a_system_drive_must_exist_and_hold_a_store) {
  esp_tree.add_file("EFI/Microsoft/Boot/BCD", store(esp, windows));
  const auto without = Image::open(opened(), {.windows_directory = {}, .system_drive = u"C:"});
  BOOST_TEST(is_status(without, Status::path_not_found));
  BOOST_TEST(mentions(without.error().message(),
                      {"C:", "no boot manager", "volume 1 has \\EFI\\Microsoft\\Boot\\BCD"}));
  const auto unknown = Image::open(opened(), {.windows_directory = {}, .system_drive = u"Q:"});
  BOOST_TEST(is_status(unknown, Status::path_not_found));
  BOOST_TEST(mentions(unknown.error().message(), {"Q:", "it has C:"}));
  for (const char16_t* text : {u"C", u"C:\\Windows", u"\\", u"S:x", u"1:"}) {
    BOOST_TEST(is_status(Image::open(opened(), {.windows_directory = {}, .system_drive = text}),
                         Status::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(a_system_drive_that_is_not_in_the_image_says_what_it_was) {
  fixture::HiveBuilder system = small_system();
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\S:", fixture::mounted_partition(elsewhere));
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  const auto result = Image::open(image_of(tree), {.windows_directory = {}, .system_drive = u"s:"});
  BOOST_TEST(is_status(result, Status::path_not_found));
  BOOST_TEST(mentions(result.error().message(), {"S:", "partition"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
