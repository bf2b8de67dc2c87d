// SPDX-License-Identifier: Apache-2.0
// Drive letters from MountedDevices, SystemRoot and the layout of a collection.
#include "engine/image/letter_resolver.h"

#include <boost/test/unit_test.hpp>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

const fixture::MbrPartition first{.byte_offset = 1'048'576, .disk_signature = 0x11223344};
const fixture::MbrPartition second{.byte_offset = 9'000'000'000, .disk_signature = 0x11223344};

/// Two volumes of one MBR disk; the installation is on the second.
struct TwoVolumes {
  OpenedImage opened = image_of({volume_of({}), volume_of({})});
  Installation installation;
  fixture::HiveBuilder system = small_system();
  InstallationFacts facts;
  Diagnostics findings;

  TwoVolumes() {
    opened.volumes[0].identity.mbr_signature = first.disk_signature;
    opened.volumes[0].identity.start_offset = first.byte_offset;
    opened.volumes[1].identity.mbr_signature = second.disk_signature;
    opened.volumes[1].identity.start_offset = second.byte_offset;
    installation.volume = 1;
    installation.kind = InstallationClass::client;
    facts.system_root = u"C:\\Windows";
  }

  void mount(const char* name, const fixture::ByteVector& data) {
    system.key("MountedDevices").set_binary(name, data);
  }

  ResolvedLetters resolve() {
    facts.system = open_hive(system);
    return resolve_letters(opened, DiskMap(opened), installation, facts, findings);
  }
};

const DriveLetter* find(const ResolvedLetters& resolved, char16_t letter) {
  for (const DriveLetter& known : resolved.letters.letters) {
    if (known.letter == letter) {
      return &known;
    }
  }
  return nullptr;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(letter_resolver, TwoVolumes)

BOOST_AUTO_TEST_CASE(binds_letters_by_signature_and_offset) {
  mount("\\DosDevices\\C:", fixture::mounted_partition(second));
  mount("\\DosDevices\\D:", fixture::mounted_partition(first));
  const ResolvedLetters resolved = resolve();
  BOOST_TEST_REQUIRE(resolved.letters.letters.size() == 2U);
  BOOST_TEST(find(resolved, u'C')->volume.value() == 1U);
  BOOST_TEST((find(resolved, u'C')->confidence == LetterConfidence::exact));
  BOOST_TEST(find(resolved, u'C')->is_system_root);
  BOOST_TEST(find(resolved, u'D')->volume.value() == 0U);
  BOOST_TEST(!find(resolved, u'D')->is_system_root);
  BOOST_TEST(find(resolved, u'D')->device == "disk 11223344 offset 1048576");
}

BOOST_AUTO_TEST_CASE(a_volume_name_with_the_same_data_belongs_to_the_letter) {
  mount("\\DosDevices\\D:", fixture::mounted_partition(first));
  mount("\\??\\Volume{62517174-f29b-11ec-85e0-806e6f6e6963}", fixture::mounted_partition(first));
  mount("#{5aae7822-77cb-11e9-bcf1-784f439fa657}", {std::byte{1}, std::byte{2}});
  const ResolvedLetters resolved = resolve();
  BOOST_TEST(find(resolved, u'D')->volume_guid->to_string() ==
             "62517174-f29b-11ec-85e0-806e6f6e6963");
  BOOST_TEST(resolved.letters.unlettered_volumes == 1U);
}

BOOST_AUTO_TEST_CASE(system_root_infers_the_letter_of_its_volume) {
  const ResolvedLetters resolved = resolve();
  BOOST_TEST_REQUIRE(resolved.letters.letters.size() == 1U);
  BOOST_TEST(find(resolved, u'C')->volume.value() == 1U);
  BOOST_TEST((find(resolved, u'C')->confidence == LetterConfidence::inferred));
}

BOOST_AUTO_TEST_CASE(system_root_wins_over_a_contradicting_mounted_device) {
  mount("\\DosDevices\\C:", fixture::mounted_partition(first));
  const ResolvedLetters resolved = resolve();
  BOOST_TEST(find(resolved, u'C')->volume.value() == 1U);
  BOOST_TEST(has_finding(findings, "drive-letter-conflict", "volume 1"));
}

BOOST_AUTO_TEST_CASE(without_a_system_root_an_exact_letter_of_the_volume_is_taken) {
  facts.system_root.reset();
  mount("\\DosDevices\\F:", fixture::mounted_partition(second));
  BOOST_TEST(find(resolve(), u'F')->is_system_root);
}

BOOST_AUTO_TEST_CASE(without_anything_c_is_assumed) {
  facts.system_root.reset();
  BOOST_TEST((find(resolve(), u'C')->confidence == LetterConfidence::assumed));
}

BOOST_AUTO_TEST_CASE(c_is_not_assumed_when_it_is_another_volume) {
  facts.system_root.reset();
  mount("\\DosDevices\\C:", fixture::mounted_partition(first));
  const ResolvedLetters resolved = resolve();
  BOOST_TEST(find(resolved, u'C')->volume.value() == 0U);
  BOOST_TEST(find(resolved, u'D')->is_system_root);
}

BOOST_AUTO_TEST_CASE(windows_pe_is_x) {
  facts.system_root.reset();
  installation.kind = InstallationClass::winpe;
  BOOST_TEST(find(resolve(), u'X')->is_system_root);
}

BOOST_AUTO_TEST_CASE(a_letter_of_a_removed_disk_stays_as_evidence) {
  mount("\\DosDevices\\G:",
        fixture::mounted_partition(fixture::MbrPartition{.byte_offset = 5, .disk_signature = 6}));
  const ResolvedLetters resolved = resolve();
  BOOST_TEST(!find(resolved, u'G')->volume.has_value());
  BOOST_TEST((find(resolved, u'G')->confidence == LetterConfidence::unresolved));
  BOOST_TEST(find(resolved, u'G')->device == "disk 00000006 offset 5");
}

BOOST_AUTO_TEST_CASE(of_copies_of_a_disk_the_one_with_the_installation_is_meant) {
  opened.volumes[0].identity = opened.volumes[1].identity;
  mount("\\DosDevices\\E:", fixture::mounted_partition(second));
  BOOST_TEST(find(resolve(), u'E')->volume.value() == 1U);
}

BOOST_AUTO_TEST_CASE(volumes_with_one_identity_are_not_guessed_between) {
  opened.volumes.push_back(opened.volumes[0]);
  opened.volumes[1].identity = {};
  mount("\\DosDevices\\E:", fixture::mounted_partition(first));
  BOOST_TEST(!find(resolve(), u'E')->volume.has_value());
}

BOOST_AUTO_TEST_CASE(empty_data_joins_no_two_names) {
  mount("\\DosDevices\\E:", {});
  mount("\\??\\Volume{62517174-f29b-11ec-85e0-806e6f6e6963}", {});
  const ResolvedLetters resolved = resolve();
  BOOST_TEST(!find(resolved, u'E')->volume_guid.has_value());
  BOOST_TEST(resolved.letters.unlettered_volumes == 1U);
  // Nor does data of which only the beginning is kept.
  mount("\\DosDevices\\F:", fixture::ByteVector(5000, std::byte{1}));
  mount("\\??\\Volume{62517174-f29b-11ec-85e0-806e6f6e6964}",
        fixture::ByteVector(5001, std::byte{1}));
  BOOST_TEST(!find(resolve(), u'F')->volume_guid.has_value());
}

BOOST_AUTO_TEST_CASE(a_collection_names_letters) {
  opened.volumes[0].collected_as = u'S';
  opened.volumes[1].collected_as = u'C';
  const ResolvedLetters resolved = resolve();
  BOOST_TEST((find(resolved, u'S')->confidence == LetterConfidence::collected));
  BOOST_TEST((find(resolved, u'C')->confidence == LetterConfidence::collected));
  BOOST_TEST(find(resolved, u'C')->is_system_root);
}

BOOST_AUTO_TEST_CASE(a_tree_collected_under_a_foreign_letter_has_both) {
  opened.volumes[0].collected_as = u'C';
  opened.volumes[1].collected_as = u'D';
  const ResolvedLetters resolved = resolve();
  BOOST_TEST(find(resolved, u'C')->volume.value() == 1U);
  BOOST_TEST(find(resolved, u'C')->is_system_root);
  BOOST_TEST(find(resolved, u'D')->volume.value() == 1U);
  BOOST_TEST(has_finding(findings, "drive-letter-conflict"));
}

BOOST_AUTO_TEST_CASE(letters_are_sorted_and_unique) {
  mount("\\DosDevices\\Z:", {std::byte{1}});
  mount("\\DosDevices\\A:", {std::byte{2}});
  mount("\\DosDevices\\a:", {std::byte{3}});
  const ResolvedLetters resolved = resolve();
  std::u16string order;
  for (const DriveLetter& letter : resolved.letters.letters) {
    order += letter.letter;
  }
  BOOST_TEST((order == u"ACZ"));
}

BOOST_AUTO_TEST_CASE(tells_what_the_installation_calls_its_own_volume) {
  opened.volumes[1].identity = {};  // a directory
  mount("\\DosDevices\\C:", fixture::mounted_partition(second));
  const ResolvedLetters resolved = resolve();
  BOOST_TEST_REQUIRE(resolved.known_as.size() == 1U);
  BOOST_TEST(resolved.known_as[0].volume == 1U);
  BOOST_TEST(describe_mounted_target(resolved.known_as[0].target) ==
             "disk 11223344 offset 9000000000");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
