// SPDX-License-Identifier: Apache-2.0
// Native boot: Windows in virtual disks that boot entries name.
#include <boost/test/unit_test.hpp>
#include <utility>

#include "fixtures/build/disk/vhd_builder.h"
#include "tests/engine/image/native_boot.h"
#include "tests/support/matchers.h"

namespace casement::test {

BOOST_FIXTURE_TEST_SUITE(virtual_disk, NativeBoot)

BOOST_AUTO_TEST_CASE(the_only_windows_is_in_the_virtual_disk) {
  add_disk("win.vhdx", inner_disk("v", small_windows()));
  const ImagePtr image = open();
  BOOST_TEST_REQUIRE(image->installations().size() == 1U);
  const Installation& windows = image->installation();
  BOOST_TEST(path_of(windows) == "\\vm\\win.vhdx");
  BOOST_TEST(windows.volume == 4U);
  BOOST_TEST(windows.origin == "bcd");
  BOOST_TEST(points_for(windows.evidence, "a boot entry starts it from \\vm\\win.vhdx").value() ==
             15);
  BOOST_TEST(image->choice_reason() ==
             "\\Windows in the virtual disk \\vm\\win.vhdx is the only installation");
  const Volume& volume = image->opened().volumes.at(4);
  BOOST_TEST(volume.name == "partition 1 of \\vm\\win.vhdx");
  BOOST_TEST(volume.index == 5U);
  BOOST_TEST(image->opened().nested_disks.at(volume.nested_disk.value()).volume == 3U);
  BOOST_TEST(image->opened().layers.size() == 3U);  // file, vhdx, gpt
}

BOOST_AUTO_TEST_CASE(the_boot_manager_is_that_of_the_disk_around) {
  fixture::Tree tree = small_windows();  // with a store of its own
  const InnerDisk plain = inner_disk("v", tree);
  tree.add_file(uefi_store, boot_store(plain.partition, plain.partition));
  add_disk("win.vhdx", inner_disk("v", tree));
  const ImagePtr image = open();
  const BootManager& boot = image->boot_manager();
  BOOST_TEST_REQUIRE(boot.stores.size() == 1U);
  BOOST_TEST(boot.stores[0].volume == 1U);
  BOOST_TEST(points_for(boot.stores[0].evidence, "on the disk of the installation").value() == 10);
  BOOST_TEST(boot.entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(letters_lead_to_volumes_inside_and_outside) {
  const InnerDisk identity = inner_disk("v", {});
  fixture::HiveBuilder system = small_system();
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\C:", fixture::mounted_partition(identity.partition))
      .set_binary("\\DosDevices\\D:", fixture::mounted_partition(data));
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  add_disk("win.vhdx", inner_disk("v", tree));
  const ImagePtr image = open();
  const auto& letters = image->drive_letters().letters;
  BOOST_TEST_REQUIRE(letters.size() == 2U);
  BOOST_TEST(letters[0].volume.value() == 4U);
  BOOST_TEST((letters[0].confidence == LetterConfidence::exact));
  BOOST_TEST(letters[1].volume.value() == 3U);
  BOOST_TEST((letters[1].confidence == LetterConfidence::exact));
  BOOST_TEST(must(image->find_file(u"C:\\Windows\\System32\\ntoskrnl.exe")).has_value());
  BOOST_TEST(must(image->find_file(u"D:\\vm\\win.vhdx")).has_value());
}

BOOST_AUTO_TEST_CASE(windows_is_located_inside) {
  const InnerDisk inner = inner_disk("v", small_windows());
  content.trees[4].add_file("vm/win.vhdx", vhdx_of(inner));
  add_entry("located",
            fixture::device_locate_vhd(fixture::bcd_element::system_root, data, "\\vm\\win.vhdx"));
  const ImagePtr image = open();
  BOOST_TEST(image->installation().origin == "bcd");
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(the_file_is_located_outside) {
  const InnerDisk inner = inner_disk("v", small_windows());
  content.trees[4].add_file("vm/win.vhdx", vhdx_of(inner));
  fixture::ByteVector device =
      fixture::device_vhd(inner.partition, fixture::BootVolume{}, "\\vm\\win.vhdx");
  fixture::put_u32(device, 0x68, 8);  // the place of the file: a device that is located
  add_entry("located", device);
  const ImagePtr image = open();
  BOOST_TEST(path_of(image->installation()) == "\\vm\\win.vhdx");
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(a_place_that_the_image_does_not_have_is_no_obstacle) {
  const InnerDisk inner = inner_disk("v", small_windows());
  content.trees[4].add_file("vm/win.vhdx", vhdx_of(inner));
  add_entry("cloned", fixture::device_vhd(inner.partition, gpt_place(gpt_plan("before"), 4),
                                          "\\vm\\win.vhdx"));
  BOOST_TEST(open()->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(the_default_entry_decides_between_the_disk_and_the_virtual_disk) {
  add_small_windows(content.trees[4], "Windows", small_system(), small_software());
  const InnerDisk inner = inner_disk("v", small_windows());
  add_disk("win.vhdx", inner);
  add_entry("on the disk", fixture::device_at(data));
  ImagePtr image = open();
  BOOST_TEST_REQUIRE(image->installations().size() == 2U);
  BOOST_TEST(path_of(image->installation()) == "\\vm\\win.vhdx");
  BOOST_TEST(image->choice_reason() ==
             "\\Windows in the virtual disk \\vm\\win.vhdx is what the default entry of the boot "
             "store starts");
  std::swap(entries[0], entries[1]);
  image = open();
  BOOST_TEST(image->installations().size() == 2U);
  BOOST_TEST(path_of(image->installation()) == "");
  BOOST_TEST(image->installation().volume == 3U);
  // The directory that a caller names is looked for on the disk first.
  std::swap(entries[0], entries[1]);
  image = open({.windows_directory = u"\\Windows", .system_drive = {}});
  BOOST_TEST(image->installation().volume == 3U);
}

BOOST_AUTO_TEST_CASE(a_named_directory_may_be_in_the_virtual_disk) {
  fixture::Tree tree;
  add_small_windows(tree, "WinVhd", small_system(), small_software("C:\\WinVhd"));
  content.trees[4] = small_windows();
  add_disk("win.vhdx", inner_disk("v", tree));
  const ImagePtr image = open({.windows_directory = u"\\WinVhd", .system_drive = {}});
  BOOST_TEST(path_of(image->installation()) == "\\vm\\win.vhdx");
}

BOOST_AUTO_TEST_CASE(a_copy_of_the_disk_in_itself_is_not_taken_for_it) {
  // The virtual disk has the identifiers of the disk around it.
  const InnerDisk inner = inner_disk("v", small_windows());
  disk.disk_id = inner.partition.disk;
  disk.slots[3]->id = inner.partition.partition;
  data = inner.partition;
  add_small_windows(content.trees[4], "Windows", small_system(), small_software());
  add_entry("on the disk", fixture::device_at(data));
  add_disk("win.vhdx", inner);
  const ImagePtr image = open();
  BOOST_TEST_REQUIRE(image->installations().size() == 2U);
  BOOST_TEST(image->installation().volume == 3U);
  for (const Installation& installation : image->installations()) {
    BOOST_TEST(points_for(installation.evidence, "a boot entry").value() == 15);
  }
  BOOST_TEST(image->installations()[0].id != image->installations()[1].id);
}

BOOST_AUTO_TEST_CASE(differencing_disks_beside_their_parent_are_several_installations) {
  const InnerDisk inner = inner_disk("v", small_windows());
  const fixture::VhdPlan base;
  content.trees[4].add_file("vm/base.vhd",
                            fixture::build_vhd(fixture::whole_disk(inner.bytes), base));
  for (const char* name : {"one.vhd", "two.vhd"}) {
    fixture::VhdPlan child;
    child.seed = name;
    child.parent = fixture::VhdParentPlan{
        .id = fixture::vhd_id(base), .name = "base.vhd", .relative_path = ".\\base.vhd"};
    add_disk(name, inner, fixture::build_vhd(fixture::sparse_disk(inner.bytes.size(), {}), child));
  }
  const ImagePtr image = open();
  BOOST_TEST_REQUIRE(image->installations().size() == 2U);
  BOOST_TEST(path_of(image->installation()) == "\\vm\\one.vhd");
  BOOST_TEST(image->installations()[0].id != image->installations()[1].id);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
