// SPDX-License-Identifier: Apache-2.0
// Letters of disks with new signatures, of copies, and of volumes without a disk.
#include "engine/image/mounted_match.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/disk_image.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

constexpr std::uint32_t old_signature = 0xAAAA0001;

/// One MBR disk whose second partition holds Windows; MountedDevices knows it by another signature
/// unless a test says otherwise.
struct ResignedDisk {
  fixture::MbrDisk plan = mbr_plan(0xBBBB0002);
  fixture::HiveBuilder system = small_system();
  std::string system_root = "C:\\Windows";
  DiskTrees content;

  void mount(const char* name, std::uint32_t signature, std::uint64_t first_sector) {
    system.key("MountedDevices")
        .set_binary(name, fixture::mounted_partition(fixture::MbrPartition{
                              .byte_offset = first_sector * 512, .disk_signature = signature}));
  }

  ImagePtr open() {
    add_small_windows(content.trees[2], "Windows", system, small_software(system_root));
    return must(Image::open(image_of_disk(fixture::build_mbr_disk(plan), content), {}));
  }
};

const DriveLetter* find(const ImagePtr& image, char16_t letter) {
  for (const DriveLetter& known : image->drive_letters().letters) {
    if (known.letter == letter) {
      return &known;
    }
  }
  return nullptr;
}

/// "2 offset-only": position of the volume and confidence; "none" for an unresolved letter.
std::string bound(const ImagePtr& image, char16_t letter) {
  const DriveLetter* found = find(image, letter);
  if (found == nullptr) {
    return "no letter";
  }
  return found->volume
             ? std::to_string(*found->volume) + " " + letter_confidence_name(found->confidence)
             : "none";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mounted_match, ResignedDisk)

BOOST_AUTO_TEST_CASE(a_disk_with_a_new_signature_is_known_by_where_its_volumes_begin) {
  mount("\\DosDevices\\C:", old_signature, 50);
  mount("\\DosDevices\\E:", old_signature, 204);
  const ImagePtr image = open();
  BOOST_TEST(bound(image, u'C') == "1 offset-only");
  BOOST_TEST(bound(image, u'E') == "2 offset-only");
  BOOST_TEST(has_finding(image->installation().diagnostics, "drive-letter-guessed",
                         "drive E: is partition 5 by where it begins alone (offset-only)"));
  BOOST_TEST(points_for(image->installation().evidence, "(offset-only)").value() == 10);
}

BOOST_AUTO_TEST_CASE(exact_data_is_worth_more) {
  mount("\\DosDevices\\C:", plan.signature, 50);
  const ImagePtr image = open();
  BOOST_TEST(bound(image, u'C') == "1 exact");
  BOOST_TEST(points_for(image->installation().evidence, "on this volume").value() == 15);
}

BOOST_AUTO_TEST_CASE(another_disk_is_not_mistaken_for_one_whose_signature_is_known) {
  mount("\\DosDevices\\C:", plan.signature, 50);
  mount("\\DosDevices\\F:", old_signature, 204);  // a stick that began where partition 5 does
  const ImagePtr image = open();
  BOOST_TEST(bound(image, u'F') == "none");
}

BOOST_AUTO_TEST_CASE(of_several_foreign_signatures_that_of_the_own_letter_counts) {
  mount("\\DosDevices\\F:", 0xCCCC0003, 204);
  mount("\\DosDevices\\C:", old_signature, 50);
  mount("\\DosDevices\\E:", old_signature, 260);
  const ImagePtr image = open();
  BOOST_TEST(bound(image, u'C') == "1 offset-only");
  BOOST_TEST(bound(image, u'E') == "3 offset-only");
  BOOST_TEST(bound(image, u'F') == "none");
}

BOOST_AUTO_TEST_CASE(between_several_foreign_signatures_nobody_guesses) {
  mount("\\DosDevices\\F:", 0xCCCC0003, 204);
  mount("\\DosDevices\\E:", old_signature, 204);
  const ImagePtr image = open();
  BOOST_TEST(bound(image, u'E') == "none");
  BOOST_TEST(bound(image, u'F') == "none");
  BOOST_TEST(bound(image, u'C') == "1 inferred");
}

BOOST_AUTO_TEST_CASE(an_offset_where_nothing_begins_means_nothing) {
  mount("\\DosDevices\\C:", old_signature, 50);
  mount("\\DosDevices\\E:", old_signature, 205);
  BOOST_TEST(bound(open(), u'E') == "none");
}

BOOST_AUTO_TEST_CASE(a_signature_of_0_is_none) {
  plan.signature = 0;
  mount("\\DosDevices\\C:", 0, 50);
  BOOST_TEST(bound(open(), u'C') == "1 offset-only");
}

BOOST_AUTO_TEST_CASE(system_partitions_get_no_letter_by_their_place_alone) {
  plan.slots[0]->type = 0xEF;
  mount("\\DosDevices\\C:", old_signature, 50);
  mount("\\DosDevices\\S:", old_signature, 8);
  BOOST_TEST(bound(open(), u'S') == "none");
}

BOOST_AUTO_TEST_CASE(a_letter_that_somebody_gave_to_a_system_partition_stays) {
  const fixture::GptDisk disk = gpt_plan("a");
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\S:", fixture::mounted_partition(gpt_place(disk, 2)));
  DiskTrees on_gpt;
  on_gpt.trees[2] = {};
  add_small_windows(on_gpt.trees[4], "Windows", system, small_software());
  const ImagePtr image =
      must(Image::open(image_of_disk(fixture::build_gpt_disk(disk), on_gpt), {}));
  BOOST_TEST(bound(image, u'S') == "1 exact");
  BOOST_TEST(bound(image, u'C') == "3 inferred");
}

BOOST_AUTO_TEST_CASE(no_letters_are_invented_for_other_partitions) {
  const fixture::GptDisk disk = gpt_plan("a");
  DiskTrees on_gpt;
  on_gpt.trees[1] = {};
  on_gpt.trees[2].add_file("EFI/Microsoft/Boot/BCD",
                           boot_store(gpt_place(disk, 2), gpt_place(disk, 4)));
  on_gpt.trees[4] = small_windows();
  const ImagePtr image =
      must(Image::open(image_of_disk(fixture::build_gpt_disk(disk), on_gpt), {}));
  BOOST_TEST(image->drive_letters().letters.size() == 1U);
  BOOST_TEST(bound(image, u'C') == "3 inferred");
  BOOST_TEST_REQUIRE(image->boot_manager().chosen.has_value());
  BOOST_TEST(!image->boot_manager().drive.has_value());
}

BOOST_AUTO_TEST_CASE(copies_of_a_disk_are_told_apart_by_where_windows_is) {
  const fixture::MbrDisk copy = mbr_plan(0x1234);
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\C:", fixture::mounted_partition(mbr_place(copy, 50)))
      .set_binary("\\DosDevices\\E:", fixture::mounted_partition(mbr_place(copy, 204)));
  add_small_windows(content.trees[2], "Windows", system, small_software());
  const auto disk = fixture::build_mbr_disk(copy);
  // Windows is on the second of the two.
  const ImagePtr image = must(Image::open(image_of_disks(disk, {}, disk, content), {}));
  BOOST_TEST(bound(image, u'C') == "5 exact");
  BOOST_TEST(bound(image, u'E') == "6 exact");
}

BOOST_AUTO_TEST_CASE(a_lone_volume_is_known_by_its_hidden_sectors) {
  for (const std::uint64_t sector_size : {512U, 4096U}) {
    fixture::HiveBuilder own = small_system();
    own.key("MountedDevices")
        .set_binary("\\DosDevices\\D:",
                    fixture::mounted_partition(fixture::MbrPartition{
                        .byte_offset = 718'848 * sector_size, .disk_signature = old_signature}))
        .set_binary("\\DosDevices\\E:", fixture::mounted_partition(fixture::MbrPartition{
                                            .byte_offset = 63, .disk_signature = 5}));
    fixture::Tree tree;
    add_small_windows(tree, "Windows", own, small_software("D:\\Windows"));
    const auto volume = volume_of(tree);
    volume->set_start_sector(718'848);
    const ImagePtr image = must(Image::open(image_of({volume}), {}));
    BOOST_TEST(bound(image, u'D') == "0 hidden-sectors");
    BOOST_TEST(bound(image, u'E') == "none");
    BOOST_TEST(points_for(image->installation().evidence, "(hidden-sectors)").value() == 10);
    BOOST_TEST(
        has_finding(image->installation().diagnostics, "drive-letter-guessed", "hidden-sectors"));
  }
}

BOOST_AUTO_TEST_CASE(hidden_sectors_of_0_and_those_of_partitions_say_nothing) {
  mount("\\DosDevices\\C:", old_signature, 0);
  fixture::Tree tree;
  add_small_windows(tree, "Windows", system, small_software());
  const auto volume = volume_of(tree);
  volume->set_start_sector(0);
  BOOST_TEST(bound(must(Image::open(image_of({volume}), {})), u'C') == "0 inferred");
  // A copied volume keeps the sectors of where it was; the table says where it is.
  volume->set_start_sector(1000);
  OpenedImage on_disk = image_of({volume});
  on_disk.volumes[0].identity.mbr_signature = 7;
  on_disk.volumes[0].identity.start_offset = 4096;
  BOOST_TEST(bound(must(Image::open(std::move(on_disk), {})), u'C') == "0 inferred");
}

BOOST_AUTO_TEST_CASE(boot_entries_find_a_disk_with_a_new_signature_too) {
  mount("\\DosDevices\\C:", old_signature, 50);
  const fixture::MbrPartition windows{.byte_offset = 50 * 512, .disk_signature = old_signature};
  content.trees[1].add_file("Boot/BCD", boot_store(fixture::BootVolume{}, windows, false));
  const ImagePtr image = open();
  BOOST_TEST(image->boot_manager().entries.at(0).starts_chosen);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
