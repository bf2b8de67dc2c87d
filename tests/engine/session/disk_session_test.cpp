// SPDX-License-Identifier: Apache-2.0
// Sessions on disk images: from the file to letters, boot manager and identity.
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/session/session.h"
#include "tests/engine/image/disk_image.h"
#include "tests/engine/session/recipe_disk.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

SessionRequest request(const std::string& path) {
  return {.image_path = *from_utf8(path),
          .windows_directory = std::nullopt,
          .system_drive = std::nullopt};
}

/// A recipe's disk as a VHDX.
struct OnDisk {
  TempDir dir;
  std::string path = dir.path() + "/disk.vhdx";

  explicit OnDisk(const RecipeDisk& disk) { write_vhdx(disk, path); }
};

std::string hostname_of(const SessionPtr& session) {
  return to_utf8(read_identity(session->image()).hostname->value);
}

const Volume& volume_of(const Image& image, std::size_t position) {
  return image.opened().volumes.at(position);
}

std::string windows_volume(const SessionPtr& session) {
  return volume_of(session->image(), session->image().installation().volume).name;
}

/// "C partition 3 exact, ..." of all letters.
std::string letters_of(const SessionPtr& session) {
  std::string text;
  for (const DriveLetter& letter : session->image().drive_letters().letters) {
    text += text.empty() ? "" : ", ";
    text += static_cast<char>(letter.letter);
    text += " " + (letter.volume ? volume_of(session->image(), *letter.volume).name : "nowhere");
    text += std::string(" ") + letter_confidence_name(letter.confidence);
  }
  return text;
}

const BootStore& chosen_store(const SessionPtr& session) {
  const BootManager& boot = session->image().boot_manager();
  BOOST_REQUIRE(boot.chosen.has_value());
  return boot.stores.at(*boot.chosen);
}

std::string volume_of_store(const SessionPtr& session, const BootStore& store) {
  return volume_of(session->image(), store.volume).name;
}

/// The descriptions of the entries that start the chosen installation.
std::string starting_entries(const SessionPtr& session) {
  std::string text;
  for (const BootEntry& entry : session->image().boot_manager().entries) {
    text += entry.starts_chosen ? to_utf8(entry.description) + ";" : "";
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(disk_session)

BOOST_DATA_TEST_CASE(recipes_are_found_on_their_disks,
                     boost::unit_test::data::make({"windows_7", "windows_10", "windows_11",
                                                   "server_2022_core", "dual_boot", "upgraded",
                                                   "native_boot_vhd"}),
                     name) {
  const OnDisk host(recipe_disk(name));
  const SessionPtr session = must(Session::open(request(host.path)));
  BOOST_TEST(hostname_of(session) == fixture::find_recipe(name)->hostname);
  BOOST_TEST(chosen_store(session).bootmgr_device == "ok");
  BOOST_TEST(session->image().unreadable_installations().empty());
  BOOST_TEST(!has_finding(session->image().opened().diagnostics, "moved-or-cloned"));
}

BOOST_AUTO_TEST_CASE(windows_11_on_a_gpt_disk) {
  const OnDisk host(recipe_disk("windows_11"));
  const SessionPtr session = must(Session::open(request(host.path)));
  BOOST_TEST_REQUIRE(session->image().opened().volumes.size() == 4U);
  // Partition 4 holds a Windows RE, in a WIM: it is no installation.
  BOOST_TEST(session->image().installations().size() == 1U);
  BOOST_TEST(windows_volume(session) == "partition 3");
  BOOST_TEST(letters_of(session) == "C partition 3 exact, E nowhere unresolved");
  const BootStore& store = chosen_store(session);
  BOOST_TEST(volume_of_store(session, store) == "partition 1");
  BOOST_TEST(to_utf8(store.path) == "\\EFI\\Microsoft\\Boot\\BCD");
  BOOST_TEST((store.firmware == Firmware::uefi));
  BOOST_TEST(points_for(store.evidence, "on an EFI system partition").has_value());
  BOOST_TEST(points_for(store.evidence, "the firmware started from").has_value());
  BOOST_TEST(!session->image().boot_manager().drive);  // an ESP has no letter
  BOOST_TEST(starting_entries(session) == "Windows 11;");
}

BOOST_AUTO_TEST_CASE(windows_11_in_a_virtual_disk) {
  fixture::ImageRecipe recipe = *fixture::find_recipe("native_boot_vhd");
  for (const bool locate : {false, true}) {
    recipe.virtual_disk->locate = locate;
    const OnDisk host(recipe_disk(recipe));
    const SessionPtr session = must(Session::open(request(host.path)));
    const Image& image = session->image();
    BOOST_TEST_REQUIRE(image.installations().size() == 1U);
    BOOST_TEST(to_utf8(image.installation().virtual_disk) == "\\VHD\\windows.vhdx");
    BOOST_TEST(windows_volume(session) == "partition 2 of \\VHD\\windows.vhdx");
    BOOST_TEST(letters_of(session) ==
               "C partition 2 of \\VHD\\windows.vhdx exact, D partition 3 exact, "
               "E nowhere unresolved");
    BOOST_TEST(volume_of_store(session, chosen_store(session)) == "partition 1");
    BOOST_TEST(
        points_for(chosen_store(session).evidence, "on the disk of the installation").value() ==
        10);
    BOOST_TEST(starting_entries(session) == "Windows 11 (VHD);");
    BOOST_TEST(!has_finding(image.opened().diagnostics, "ram-disk-image-missing"));
  }
}

BOOST_AUTO_TEST_CASE(windows_7_on_an_mbr_disk) {
  const TempDir dir;
  write_raw(recipe_disk("windows_7"), dir.file("disk.raw"));
  const SessionPtr session = must(Session::open(request(dir.path() + "/disk.raw")));
  BOOST_TEST(windows_volume(session) == "partition 2");
  BOOST_TEST(letters_of(session) == "C partition 2 exact");
  const BootStore& store = chosen_store(session);
  BOOST_TEST(volume_of_store(session, store) == "partition 1");
  BOOST_TEST(to_utf8(store.path) == "\\Boot\\BCD");
  BOOST_TEST((store.firmware == Firmware::bios));
  BOOST_TEST(points_for(store.evidence, "on the active partition").has_value());
  BOOST_TEST(starting_entries(session) == "Windows 7;");
}

BOOST_AUTO_TEST_CASE(two_systems_on_one_disk_each_with_its_own_letters) {
  const OnDisk host(recipe_disk("dual_boot"));
  const SessionPtr first = must(Session::open(request(host.path)));
  BOOST_TEST(first->image().installations().size() == 2U);
  BOOST_TEST(windows_volume(first) == "partition 2");
  BOOST_TEST(mentions(first->image().choice_reason(), {"default entry of the boot store"}));
  BOOST_TEST(starting_entries(first) == "Windows 10;");
  // Partition 3, which calls itself C: too.
  const SessionPtr other = must(Session::open(request(host.path + "#p3")));
  BOOST_TEST(hostname_of(other) == "CASE-WIN7");
  BOOST_TEST(windows_volume(other) == "partition 3");
  BOOST_TEST(other->image().installations().size() == 1U);
  BOOST_TEST(letters_of(other) == "C partition 3 exact");
  // The boot manager is on another partition, and still the right one.
  BOOST_TEST(volume_of_store(other, chosen_store(other)) == "partition 1");
  BOOST_TEST(starting_entries(other) == "Windows 7;");
}

BOOST_AUTO_TEST_CASE(a_selector_restricts_the_search) {
  const OnDisk host(recipe_disk("windows_11"));
  BOOST_TEST(is_ok(Session::open(request(host.path + "#p3"))));
  const auto esp = Session::open(request(host.path + "#p1"));
  BOOST_REQUIRE(is_status(esp, Status::path_not_found));
  BOOST_TEST(mentions(esp.error().message(), {"partition 1"}));
  const auto recovery = Session::open(request(host.path + "#p4"));
  BOOST_REQUIRE(is_status(recovery, Status::path_not_found));
  BOOST_TEST(mentions(recovery.error().message(), {"partition 4 is a recovery partition"}));
  BOOST_TEST(is_status(Session::open(request(host.path + "#p9")), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_store_that_starts_something_else_loses_and_stays_in_the_list) {
  RecipeDisk disk = recipe_disk("windows_11");
  const fixture::GptPartition gone{fixture::derived_guid("gone"), fixture::derived_guid("old")};
  disk.drives.add_file("C/Boot/BCD", boot_store(gone, gone, false));
  disk.drives.add_file("C/bootmgr", "x");
  const OnDisk host(disk);
  const SessionPtr session = must(Session::open(request(host.path)));
  const BootManager& boot = session->image().boot_manager();
  BOOST_TEST_REQUIRE(boot.stores.size() == 2U);
  BOOST_TEST(volume_of_store(session, chosen_store(session)) == "partition 1");
  BOOST_TEST(volume_of_store(session, boot.stores[1]) == "partition 3");
  BOOST_TEST(boot.stores[1].score < boot.stores[0].score);
  BOOST_TEST(boot.stores[1].bootmgr_device != "ok");
  BOOST_TEST(starting_entries(session) == "Windows 11;");
}

BOOST_AUTO_TEST_CASE(the_system_drive_of_the_caller_is_checked) {
  fixture::ImageRecipe recipe = *fixture::find_recipe("windows_11");
  recipe.mounted_devices.push_back(
      {.name = "\\DosDevices\\S:", .data = fixture::mounted_partition(recipe.system_place)});
  const OnDisk host(recipe_disk(recipe));
  SessionRequest asked = request(host.path);
  asked.system_drive = u"S:";
  const SessionPtr session = must(Session::open(asked));
  BOOST_TEST((session->image().boot_manager().drive == u'S'));
  BOOST_TEST(volume_of_store(session, chosen_store(session)) == "partition 1");
  asked.system_drive = u"C:";  // Windows, but no boot manager
  const auto windows = Session::open(asked);
  BOOST_REQUIRE(is_status(windows, Status::path_not_found));
  BOOST_TEST(mentions(windows.error().message(), {"C:"}));
  asked.system_drive = u"E:";  // the optical drive
  BOOST_TEST(is_status(Session::open(asked), Status::path_not_found));
}

BOOST_AUTO_TEST_CASE(a_locked_windows_is_reported_and_not_called_absent) {
  RecipeDisk disk = recipe_disk("windows_11");
  disk.locked = {'C'};
  const OnDisk host(disk);
  const auto session = Session::open(request(host.path));
  BOOST_REQUIRE(is_status(session, Status::unsupported));
  BOOST_TEST(
      mentions(session.error().message(), {"Windows 11", "partition 3", "locked", "BitLocker"}));
}

BOOST_AUTO_TEST_CASE(a_locked_neighbour_is_reported_beside_the_session) {
  RecipeDisk disk = recipe_disk("dual_boot");
  disk.locked = {'D'};
  const OnDisk host(disk);
  const SessionPtr session = must(Session::open(request(host.path)));
  BOOST_TEST(hostname_of(session) == "DESKTOP-CASE10");
  const auto& unreadable = session->image().unreadable_installations();
  BOOST_TEST_REQUIRE(unreadable.size() == 1U);
  BOOST_TEST(unreadable[0].locked);
  BOOST_TEST(volume_of(session->image(), unreadable[0].volume).name == "partition 3");
  BOOST_TEST(to_utf8(unreadable[0].description) == "Windows 7");
  BOOST_TEST(has_finding(session->image().opened().diagnostics, "present-but-locked"));
}

BOOST_AUTO_TEST_CASE(a_volume_alone_is_known_by_its_hidden_sectors) {
  const RecipeDisk disk = recipe_disk("windows_7");
  const auto windows =
      std::ranges::find(disk.plan.partitions, 'C', &fixture::PlannedPartition::drive);
  const TempDir dir;
  const fixture::Tree tree = disk.drives.subtree("C");
  const std::string own = dir.write("c.ntfs", ntfs_volume_of(tree, windows->offset));
  const SessionPtr session = must(Session::open(request(own)));
  BOOST_TEST(letters_of(session) == "C volume hidden-sectors");
  BOOST_TEST(hostname_of(session) == "CASE-WIN7");
  BOOST_TEST(!session->image().boot_manager().chosen);
  BOOST_TEST(!session->image().boot_manager().reason.empty());
  const std::string moved = dir.write("moved.ntfs", ntfs_volume_of(tree, 0x100000));
  BOOST_TEST(letters_of(must(Session::open(request(moved)))) == "C volume inferred");
}

BOOST_AUTO_TEST_CASE(dirty_hives_on_a_disk_are_completed_from_their_logs) {
  fixture::ImageRecipe recipe = *fixture::find_recipe("windows_10");
  recipe.dirty = true;
  const OnDisk host(recipe_disk(recipe));
  BOOST_TEST(hostname_of(must(Session::open(request(host.path)))) == recipe.hostname);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
