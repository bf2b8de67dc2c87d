// SPDX-License-Identifier: Apache-2.0
// MountedDevices names and data, of every length.
#include "engine/image/mounted_devices.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/text.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"

namespace casement::test {
namespace {

const fixture::GptPartition gpt{fixture::Guid::parse("9d4a7cb0-1111-2222-3333-444455556666"), {}};
const fixture::MbrPartition mbr{.byte_offset = 368'050'176, .disk_signature = 0x63F07796};

std::optional<MountedDevice> decode(std::u16string_view name) {
  return decode_mounted_device(name, fixture::mounted_partition(mbr));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mounted_devices)

BOOST_AUTO_TEST_CASE(twelve_bytes_are_a_partition_of_an_mbr_disk) {
  const MountedTarget target = decode_mounted_target(fixture::mounted_partition(mbr));
  BOOST_TEST(describe_mounted_target(target) == "disk 63f07796 offset 368050176");
  BOOST_TEST((target == MountedTarget(MountedMbrPartition{0x63F07796, 368'050'176})));
}

BOOST_AUTO_TEST_CASE(dmio_data_is_a_partition_guid) {
  const MountedTarget target = decode_mounted_target(fixture::mounted_partition(gpt));
  BOOST_TEST(describe_mounted_target(target) == "partition 9d4a7cb0-1111-2222-3333-444455556666");
}

BOOST_AUTO_TEST_CASE(a_device_path_is_text) {
  const auto data = fixture::mounted_path("_??_USBSTOR#Disk&Ven_X#1&0#{53f56307}");
  BOOST_TEST(describe_mounted_target(decode_mounted_target(data)) ==
             "_??_USBSTOR#Disk&Ven_X#1&0#{53f56307}");
}

BOOST_DATA_TEST_CASE(data_of_any_length_decodes_to_something,
                     boost::unit_test::data::xrange(std::size_t{0}, std::size_t{80}), size) {
  const std::vector<std::byte> data(size, std::byte{0x01});
  const MountedTarget target = decode_mounted_target(data);
  BOOST_TEST(std::holds_alternative<MountedMbrPartition>(target) == (size == 12));
  BOOST_TEST(std::holds_alternative<MountedUnknown>(target) == (size != 12));
  BOOST_TEST(!describe_mounted_target(target).empty());
}

BOOST_AUTO_TEST_CASE(twenty_four_bytes_without_the_magic_are_not_a_guid) {
  auto data = fixture::mounted_partition(gpt);
  data[0] = std::byte{'X'};
  BOOST_TEST(std::holds_alternative<MountedUnknown>(decode_mounted_target(data)));
}

BOOST_AUTO_TEST_CASE(long_unknown_data_is_shown_in_part) {
  const std::vector<std::byte> data(1001, std::byte{0xAB});
  const std::string text = describe_mounted_target(decode_mounted_target(data));
  BOOST_TEST(text.size() == 5U + 128U + 3U);
  BOOST_TEST(text.ends_with("abab..."));
}

BOOST_AUTO_TEST_CASE(knows_letters_in_any_case) {
  BOOST_TEST((decode(u"\\DosDevices\\c:")->letter == u'C'));
  BOOST_TEST((decode(u"\\dosdevices\\Z:")->letter == u'Z'));
}

BOOST_AUTO_TEST_CASE(knows_both_forms_of_volume_names) {
  const auto full = decode(u"\\??\\Volume{62517174-f29b-11ec-85e0-806e6f6e6963}");
  BOOST_TEST_REQUIRE(full.has_value());
  BOOST_TEST(full->volume_guid->to_string() == "62517174-f29b-11ec-85e0-806e6f6e6963");
  BOOST_TEST(decode(u"#{5aae7822-77cb-11e9-bcf1-784f439fa657}")->volume_guid.has_value());
}

BOOST_AUTO_TEST_CASE(refuses_other_names) {
  for (const char16_t* name : {u"", u"C:", u"\\DosDevices\\", u"\\DosDevices\\CC:",
                               u"\\DosDevices\\1:", u"\\??\\Volume{nonsense}", u"#{1}"}) {
    BOOST_TEST(!decode(name).has_value());
  }
}

BOOST_AUTO_TEST_CASE(names_a_volume_only_by_all_of_its_identity) {
  const MountedTarget target = decode_mounted_target(fixture::mounted_partition(mbr));
  VolumeIdentity identity;
  BOOST_TEST(!names_volume(target, identity));
  identity.mbr_signature = 0x63F07796;
  BOOST_TEST(!names_volume(target, identity));
  identity.start_offset = 368'050'176;
  BOOST_TEST(names_volume(target, identity));
  identity.start_offset = 368'050'177;
  BOOST_TEST(!names_volume(target, identity));
}

BOOST_AUTO_TEST_CASE(reads_all_values_and_reports_strange_names) {
  fixture::HiveBuilder system = small_system();
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\C:", fixture::mounted_partition(mbr))
      .set_binary("what is this", {1, 2, 3})
      .set_binary("\\DosDevices\\E:", {});
  const HivePtr hive = open_hive(system);
  Diagnostics findings;
  const auto devices = read_mounted_devices(*hive, findings);
  BOOST_TEST(devices.size() == 2U);
  BOOST_TEST(has_finding(findings, "mounted-devices", "what is this"));
}

BOOST_AUTO_TEST_CASE(of_two_values_for_one_letter_the_first_counts) {
  fixture::HiveBuilder system = small_system();
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\C:", fixture::mounted_partition(mbr))
      .set_binary("\\dosdevices\\C:", fixture::mounted_partition(gpt));
  Diagnostics findings;
  BOOST_TEST(read_mounted_devices(*open_hive(system), findings).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_value_that_claims_too_much_is_passed_over) {
  fixture::HiveBuilder system = small_system();
  system.key("MountedDevices")
      .set_binary("\\DosDevices\\C:", fixture::ByteVector(max_mounted_value + 1))
      .set_binary("\\DosDevices\\D:", fixture::mounted_partition(mbr));
  Diagnostics findings;
  const auto devices = read_mounted_devices(*open_hive(system), findings);
  BOOST_TEST_REQUIRE(devices.size() == 1U);
  BOOST_TEST((devices[0].letter == u'D'));
  BOOST_TEST(has_finding(findings, "mounted-devices", "C: claims 65537 bytes"));
}

BOOST_AUTO_TEST_CASE(data_of_all_values_together_has_a_budget) {
  fixture::HiveBuilder system = small_system();
  const fixture::ByteVector large(max_mounted_value, std::byte{1});
  for (std::uint64_t i = 0; i < max_mounted_data / max_mounted_value; ++i) {
    system.key("MountedDevices").set_binary("value " + std::to_string(i), large);
  }
  Diagnostics findings;
  BOOST_TEST(read_mounted_devices(*open_hive(system), findings).empty());
  BOOST_TEST(!has_finding(findings, "mounted-devices", "only the first"));
  system.key("MountedDevices").set_binary("\\DosDevices\\C:", fixture::mounted_partition(mbr));
  BOOST_TEST(read_mounted_devices(*open_hive(system), findings).empty());
  BOOST_TEST(has_finding(findings, "mounted-devices", "only the first 4194304 bytes"));
}

BOOST_AUTO_TEST_CASE(a_hive_without_the_key_has_none) {
  Diagnostics findings;
  BOOST_TEST(read_mounted_devices(*open_hive(small_system()), findings).empty());
  BOOST_TEST(findings.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
