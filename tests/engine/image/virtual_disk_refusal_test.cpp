// SPDX-License-Identifier: Apache-2.0
// Virtual disks that are missing, damaged, nested or too many, and those that nobody asked for.
#include <boost/test/unit_test.hpp>
#include <memory>
#include <utility>

#include "engine/image/boot_target.h"
#include "engine/image/virtual_disks.h"
#include "fixtures/build/disk/vhd_builder.h"
#include "tests/engine/image/native_boot.h"
#include "tests/support/matchers.h"

namespace casement::test {

BOOST_FIXTURE_TEST_SUITE(virtual_disk_refusal, NativeBoot)

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_a_finding) {
  add_entry("gone", fixture::device_vhd(gpt_place(gpt_plan("v"), 4), data, "\\vm\\gone.vhdx"));
  const auto alone = Image::open(opened(), {});
  BOOST_TEST(is_status(alone, Status::path_not_found));
  BOOST_TEST(mentions(alone.error().message(),
                      {"virtual disk \\vm\\gone.vhdx is not on partition 4", "no Windows"}));
  add_disk("win.vhdx", inner_disk("v", small_windows()));
  const ImagePtr image = open();
  BOOST_TEST(path_of(image->installation()) == "\\vm\\win.vhdx");
  BOOST_TEST(has_finding(image->opened().diagnostics, "virtual-disk-missing",
                         "\\vm\\gone.vhdx is not on partition 4"));
}

BOOST_AUTO_TEST_CASE(a_file_on_no_volume_names_the_partition_that_is_missing) {
  add_entry("gone", fixture::device_vhd(data, gpt_place(gpt_plan("before"), 4), "\\gone.vhdx"));
  content.trees[1] = small_windows();
  const ImagePtr image = open();
  BOOST_TEST(has_finding(image->opened().diagnostics, "virtual-disk-missing",
                         "\\gone.vhdx is on no volume, and the image has no partition " +
                             gpt_place(gpt_plan("before"), 4).partition.text()));
}

BOOST_AUTO_TEST_CASE(a_damaged_disk_is_a_finding_and_hides_no_other) {
  const InnerDisk inner = inner_disk("v", small_windows());
  fixture::ByteVector damaged = vhdx_of(inner);
  damaged.resize(std::size_t{1} << 20);  // headers and region tables, and nothing that they name
  add_disk("bad.vhdx", inner, damaged);
  add_disk("text.vhdx", inner, fixture::ascii_bytes("no disk"));
  add_disk("win.vhdx", inner_disk("w", small_windows()));
  const ImagePtr image = open();
  BOOST_TEST(path_of(image->installation()) == "\\vm\\win.vhdx");
  BOOST_TEST_REQUIRE(image->unreadable_installations().size() == 2U);
  BOOST_TEST(has_finding(image->opened().diagnostics, "present-but-unreadable",
                         "\\Windows on virtual disk \\vm\\bad.vhdx"));
  BOOST_TEST(has_finding(image->opened().diagnostics, "present-but-unreadable",
                         "cannot be read: looks like"));
  const Volume& bad = image->opened().volumes.at(4);
  BOOST_TEST(bad.name == "virtual disk \\vm\\bad.vhdx");
  BOOST_TEST(!bad.file_system);
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_its_own_parent_is_refused) {
  const InnerDisk inner = inner_disk("v", small_windows());
  fixture::VhdPlan own;
  own.parent = fixture::VhdParentPlan{
      .id = fixture::vhd_id(own), .name = "own.vhd", .relative_path = ".\\own.vhd"};
  add_disk("own.vhd", inner, fixture::build_vhd(fixture::sparse_disk(inner.bytes.size(), {}), own));
  content.trees[1] = small_windows();
  BOOST_TEST(has_finding(open()->opened().diagnostics, "present-but-unreadable", "a loop"));
}

BOOST_AUTO_TEST_CASE(a_virtual_disk_in_a_virtual_disk_is_not_followed) {
  fixture::Tree around = small_windows();
  around.add_file("vm/inner.vhdx", vhdx_of(inner_disk("w", small_windows())));
  const InnerDisk outer = inner_disk("v", around);
  add_disk("win.vhdx", outer);
  // By a partition that only the virtual disk has.
  add_entry("inside",
            fixture::device_vhd(gpt_place(gpt_plan("w"), 4), outer.partition, "\\vm\\inner.vhdx"));
  const ImagePtr image = open();
  BOOST_TEST(image->opened().nested_disks.size() == 1U);
  BOOST_TEST(image->installations().size() == 1U);
  BOOST_TEST(has_finding(image->opened().diagnostics, "virtual-disk-missing", "inner.vhdx"));

  // The same place told completely: a partition of the virtual disk.
  const auto around_device = std::make_shared<BcdDevice>();
  around_device->kind = BcdDevice::Kind::vhd;
  around_device->path = u"\\vm\\win.vhdx";
  const auto place = std::make_shared<BcdDevice>();
  place->kind = BcdDevice::Kind::partition;
  place->parent = around_device;
  BcdDevice file;
  file.kind = BcdDevice::Kind::vhd;
  file.path = u"\\vm\\inner.vhdx";
  file.parent = place;
  const DiskMap disks(image->opened());
  const auto found = BootTargets(image->opened(), disks, {}).file_of(file, 1);
  BOOST_TEST(is_status(found, Status::unsupported));
  BOOST_TEST(mentions(found.error().message(), {"\\vm\\inner.vhdx lies in", "not followed"}));
}

BOOST_AUTO_TEST_CASE(a_disk_on_a_locked_volume_is_a_finding) {
  add_disk("win.vhdx", inner_disk("v", small_windows()));
  content.trees.erase(4);
  content.locked = {4};
  content.trees[1] = small_windows();
  const ImagePtr image = open();
  BOOST_TEST(has_finding(image->opened().diagnostics, "virtual-disk-unreadable",
                         "\\vm\\win.vhdx is on partition 4, which is locked"));
  BOOST_TEST(image->opened().nested_disks.empty());
}

BOOST_AUTO_TEST_CASE(only_so_many_are_opened_each_once) {
  const InnerDisk inner = inner_disk("v", {});
  for (std::size_t i = 0; i <= max_virtual_disks; ++i) {
    add_disk("disk" + std::to_string(i) + ".vhdx", inner, fixture::ascii_bytes("no disk"));
  }
  add_entry("again", fixture::device_vhd(inner.partition, data, "\\VM\\DISK0.VHDX"));
  content.trees[1] = small_windows();
  const ImagePtr image = open();
  BOOST_TEST(image->opened().nested_disks.size() == max_virtual_disks);
  BOOST_TEST(has_finding(image->opened().diagnostics, "virtual-disk-not-opened",
                         "\\vm\\disk8.vhdx is left out: at most 8 are opened"));
  BOOST_TEST(!has_finding(image->opened().diagnostics, "virtual-disk-not-opened", "DISK0"));
}

BOOST_AUTO_TEST_CASE(a_menu_without_end_is_not_looked_through) {
  for (std::size_t i = 0; i <= max_virtual_disk_entries; ++i) {
    add_entry("gone " + std::to_string(i), fixture::device_vhd(data, data, "\\gone.vhdx"));
  }
  content.trees[1] = small_windows();
  BOOST_TEST(has_finding(open()->opened().diagnostics, "virtual-disk-not-opened",
                         "more than 64 boot entries name virtual disks"));
}

BOOST_AUTO_TEST_CASE(nothing_is_opened_for_a_selected_volume) {
  add_disk("win.vhdx", inner_disk("v", small_windows()));
  add_small_windows(content.trees[4], "Windows", small_system(), small_software());
  OpenedImage image = opened();
  image.selected = 3;
  const ImagePtr selected = must(Image::open(std::move(image), {}));
  BOOST_TEST(selected->installation().volume == 3U);
  BOOST_TEST(selected->opened().nested_disks.empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_opened_that_no_entry_names) {
  add_disk("win.vhdx", inner_disk("v", small_windows()));
  entries.clear();
  add_small_windows(content.trees[4], "Windows", small_system(), small_software());
  add_entry("on the disk", fixture::device_at(data));
  const ImagePtr image = open();
  BOOST_TEST(image->opened().nested_disks.empty());
  BOOST_TEST(image->opened().volumes.size() == 4U);
}

BOOST_AUTO_TEST_CASE(opening_what_was_opened_adds_nothing) {
  add_disk("win.vhdx", inner_disk("v", small_windows()));
  const ImagePtr image = must(Image::open(open()->opened(), {}));
  BOOST_TEST(image->opened().nested_disks.size() == 1U);
  BOOST_TEST(image->opened().volumes.size() == 5U);
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_CASE(a_recovery_image_that_is_gone_is_noted) {
  content.trees[4] = small_windows();
  add_entry("Windows", fixture::device_at(data));
  entries[0].recovery_place = gpt_place(disk, 1);
  content.trees[1].add_directory("Recovery");
  BOOST_TEST(has_finding(open()->opened().diagnostics, "ram-disk-image-missing",
                         "Winre.wim is not on partition 1"));
  content.trees[1].add_file("Recovery/WindowsRE/Winre.wim", "MSWIM");
  BOOST_TEST(!has_finding(open()->opened().diagnostics, "ram-disk-image-missing"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
