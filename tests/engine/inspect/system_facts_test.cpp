// SPDX-License-Identifier: Apache-2.0
// The rest of what identifies a machine.
#include "engine/inspect/system_facts.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "engine/inspect/system_blobs.h"
#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return fact ? to_utf8(fact->value) : "absent";
}

/// DigitalProductId with these 15 bytes as its key.
std::vector<std::byte> product_id_blob(std::initializer_list<unsigned> key) {
  std::vector<std::byte> blob(164);
  std::size_t at = 52;
  for (const unsigned byte : key) {
    blob.at(at++) = static_cast<std::byte>(byte);
  }
  return blob;
}

struct Machine {
  fixture::HiveBuilder system = small_system();
  fixture::HiveBuilder software = small_software();
  fixture::HiveBuilder sam;
  fixture::HiveBuilder security;

  SystemFacts facts() const {
    fixture::Tree tree;
    add_small_windows(tree, "Windows", system, software);
    tree.add_file("Windows/System32/config/SAM", sam.build());
    tree.add_file("Windows/System32/config/SECURITY", security.build());
    return read_system_facts(*open_tree(tree));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(system_facts)

BOOST_DATA_TEST_CASE(says_what_the_recipe_says,
                     boost::unit_test::data::make({"windows_7", "windows_10", "windows_11"}),
                     name) {
  const fixture::ImageRecipe recipe = *fixture::find_recipe(name);
  const SystemFacts facts = read_system_facts(*open_tree(recipe_tree(name)));
  BOOST_TEST(text_of(facts.product_id) == recipe.product_id);
  BOOST_TEST(text_of(facts.product_key) == recipe.product_key);
  BOOST_TEST(text_of(facts.workgroup) == recipe.workgroup);
  BOOST_TEST(!facts.netbios_domain.has_value());
  BOOST_TEST(mentions(text_of(facts.machine_sid), {"S-1-5-21-"}));
  BOOST_TEST(facts.machine_sid->evidence.path == "\\Windows\\System32\\config\\SAM");
  BOOST_TEST(text_of(facts.ansi_code_page) == "1252");
  BOOST_TEST(text_of(facts.oem_code_page) == "437");
  BOOST_TEST((facts.firmware->value ==
              (recipe.firmware == fixture::Firmware::uefi ? Firmware::uefi : Firmware::bios)));
  BOOST_TEST(!facts.deployment.setup_in_progress->value);
  BOOST_TEST(facts.deployment.generalization->value == 7U);
  for (const Diagnostic& finding : facts.diagnostics.items()) {
    BOOST_ERROR(finding.code << ": " << finding.text);
  }
}

BOOST_AUTO_TEST_CASE(a_member_of_a_domain_is_in_no_workgroup) {
  Machine machine;
  const auto policy = machine.security.key("Policy");
  const std::vector<std::byte> sid = {
      std::byte{1}, std::byte{4}, std::byte{0},  std::byte{0}, std::byte{0}, std::byte{0},
      std::byte{0}, std::byte{5}, std::byte{21}, std::byte{0}, std::byte{0}, std::byte{0},
      std::byte{1}, std::byte{0}, std::byte{0},  std::byte{0}, std::byte{2}, std::byte{0},
      std::byte{0}, std::byte{0}, std::byte{0},  std::byte{0}, std::byte{0}, std::byte{0x80}};
  policy.key("PolPrDmS").set_value("", fixture::RegType::none, sid);
  policy.key("PolPrDmN").set_binary("", {2, 0, 4, 0, 8, 0, 0, 0, 'D', 0, 0, 0});
  machine.system.key("ControlSet001\\Services\\Tcpip\\Parameters")
      .set_string("Domain", "")
      .set_string("NV Domain", "example.com");
  const SystemFacts facts = machine.facts();
  BOOST_TEST(text_of(facts.netbios_domain) == "D");
  BOOST_TEST(!facts.workgroup.has_value());
  BOOST_TEST(text_of(facts.domain_sid) == "S-1-5-21-1-2-2147483648");
  BOOST_TEST(text_of(facts.dns_domain) == "example.com");
}

BOOST_AUTO_TEST_CASE(hardware_history_and_state_are_read) {
  Machine machine;
  machine.system.key("HardwareConfig").set_string("LastConfig", "{1}");
  machine.system.key("HardwareConfig\\{1}")
      .set_string("SystemManufacturer", "Maker")
      .set_string("BIOSVersion", "");
  machine.system.key("ControlSet001\\Control\\SystemInformation")
      .set_string("SystemManufacturer", "Older")
      .set_string("SystemProductName", "Model 1")
      .set_string("BIOSVersion", "2.0");
  machine.system.key("ControlSet001\\Control\\TimeZoneInformation")
      .set_dword("RealTimeIsUniversal", 1);
  const auto setup = machine.system.key("Setup");
  setup.set_dword("SystemSetupInProgress", 1)
      .set_dword("OOBEInProgress", 1)
      .set_dword("SetupType", 2)
      .set_string("CmdLine", "oobe\\windeploy.exe")
      .set_multi_string("CloneTag", {"Fri Jan  5 10:11:12 2024", ""});
  setup.subkey("Source OS (Updated on 3/14/2023 10:11:12)")
      .set_string("ProductName", "Windows 10 Pro")
      .set_string("CurrentBuild", "19044")
      .set_dword("InstallDate", 1'600'000'000);
  setup.subkey("Source OS (Updated on 1/2/2019 10:11:12)")
      .set_string("ProductName", "Windows 7 Professional")
      .set_dword("InstallDate", 1'400'000'000);
  setup.subkey("Upgrade");
  machine.software.key("Microsoft\\Windows\\CurrentVersion\\Setup\\State")
      .set_string("ImageState", "IMAGE_STATE_COMPLETE");
  machine.software.key("Microsoft\\Windows\\CurrentVersion\\OEMInformation")
      .set_string("Manufacturer", "Seller")
      .set_string("Model", "");
  const SystemFacts facts = machine.facts();
  BOOST_TEST(text_of(facts.hardware.oem_manufacturer) == "Seller");
  BOOST_TEST(!facts.hardware.oem_model.has_value());
  BOOST_TEST(facts.deployment.setup_type->value == 2U);
  BOOST_TEST(text_of(facts.deployment.setup_command) == "oobe\\windeploy.exe");
  BOOST_TEST_REQUIRE(facts.deployment.clone_tags.size() == 1U);
  BOOST_TEST(facts.deployment.clone_tags[0].evidence.value == "CloneTag");
  BOOST_TEST(text_of(facts.hardware.manufacturer) == "Maker");
  BOOST_TEST(text_of(facts.hardware.model) == "Model 1");
  BOOST_TEST(text_of(facts.hardware.firmware_version) == "2.0");
  BOOST_TEST(!facts.hardware.firmware_date.has_value());
  BOOST_TEST(facts.clock_in_utc->value);
  BOOST_TEST(facts.deployment.setup_in_progress->value);
  BOOST_TEST(facts.deployment.oobe_in_progress->value);
  BOOST_TEST(text_of(facts.deployment.image_state) == "IMAGE_STATE_COMPLETE");
  BOOST_TEST_REQUIRE(facts.history.size() == 2U);
  BOOST_TEST(to_utf8(facts.history[0].product_name) == "Windows 7 Professional");
  BOOST_TEST(to_utf8(facts.history[1].build) == "19044");
  BOOST_TEST(facts.history[1].install_date->unix_seconds().value() == 1'600'000'000);
}

BOOST_AUTO_TEST_CASE(keys_suites_and_the_automatic_sign_in_are_read) {
  Machine machine;
  const std::string version = "Microsoft\\Windows NT\\CurrentVersion";
  machine.software.key(version).set_string("CompositionEditionID", "Enterprise");
  machine.software.key(version + "\\SoftwareProtectionPlatform")
      .set_string("BackupProductKeyDefault", "BBBBB-BBBBB-BBBBB-BBBBB-BBBBC");
  machine.software.key(version + "\\Winlogon")
      .set_string("AutoAdminLogon", "1")
      .set_string("DefaultUserName", "kiosk")
      .set_string("DefaultPassword", "secret");
  machine.software.key("Microsoft\\Windows\\CurrentVersion\\Group Policy\\History")
      .set_string("MachineDomain", "example.com")
      .set_string("DCName", "\\\\dc1.example.com");
  machine.system.key("ControlSet001\\Control\\ProductOptions")
      .set_multi_string("ProductSuite", {"Terminal Server", "Enterprise"});
  machine.system.key("ControlSet001\\Control")
      .set_string("FirmwareBootDevice", "multi(0)disk(0)rdisk(0)partition(1)");
  machine.system.key("Setup").set_string("SystemPartition", "\\Device\\HarddiskVolume1");
  const SystemFacts facts = machine.facts();
  BOOST_TEST(text_of(facts.composition_edition) == "Enterprise");
  BOOST_TEST(text_of(facts.backup_product_key) == "BBBBB-BBBBB-BBBBB-BBBBB-BBBBC");
  BOOST_TEST(facts.automatic_logon.enabled->value);
  BOOST_TEST(text_of(facts.automatic_logon.user) == "kiosk");
  BOOST_TEST(facts.automatic_logon.password_stored->value);
  BOOST_TEST(text_of(facts.last_user) == "kiosk");
  BOOST_TEST(text_of(facts.policy_domain) == "example.com");
  BOOST_TEST(text_of(facts.domain_controller) == "\\\\dc1.example.com");
  BOOST_TEST_REQUIRE(facts.product_suite.size() == 2U);
  BOOST_TEST(to_utf8(facts.product_suite[1].value) == "Enterprise");
  BOOST_TEST(text_of(facts.firmware_boot_device) == "multi(0)disk(0)rdisk(0)partition(1)");
  BOOST_TEST(text_of(facts.system_partition) == "\\Device\\HarddiskVolume1");
}

BOOST_AUTO_TEST_CASE(a_member_of_a_domain_is_told_by_its_account_too) {
  Machine machine;
  const std::vector<std::byte> sid = {
      std::byte{1}, std::byte{4}, std::byte{0},  std::byte{0}, std::byte{0}, std::byte{0},
      std::byte{0}, std::byte{5}, std::byte{21}, std::byte{0}, std::byte{0}, std::byte{0},
      std::byte{7}, std::byte{0}, std::byte{0},  std::byte{0}, std::byte{8}, std::byte{0},
      std::byte{0}, std::byte{0}, std::byte{9},  std::byte{0}, std::byte{0}, std::byte{0}};
  machine.security.key("Policy\\PolMachineAccountS").set_value("", fixture::RegType::none, sid);
  BOOST_TEST(text_of(machine.facts().domain_sid) == "S-1-5-21-7-8-9");
}

BOOST_AUTO_TEST_CASE(the_state_of_the_image_is_in_a_file_too) {
  const auto state_in = [](const std::string& ini) {
    fixture::Tree tree;
    add_small_windows(tree, "Windows", small_system(), small_software());
    tree.add_file("Windows/Setup/State/State.ini", ini);
    return read_system_facts(*open_tree(tree)).deployment.image_state;
  };
  const auto state = state_in("[Other]\r\nImageState=X\r\n[state]\r\n imagestate = Y\r\n");
  BOOST_TEST(text_of(state) == "Y");
  BOOST_TEST(state->evidence.path == "\\Windows\\Setup\\State\\State.ini");
  BOOST_TEST(!state_in("[State]\r\n").has_value());
  BOOST_TEST(!state_in(std::string(70'000, '\n') + "[State]\nImageState=Z\n").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_damaged_is_reported_beside_what_is_good) {
  Machine machine;
  machine.software.key("Microsoft\\Windows NT\\CurrentVersion")
      .set_binary("DigitalProductId", {1, 2, 3})
      .set_string("ProductId", "00330");
  machine.software.key("Microsoft\\Cryptography").set_dword("MachineGuid", 1);
  machine.sam.key("SAM\\Domains\\Account").set_binary("V", {1, 4, 0, 0});
  machine.security.key("Policy\\PolPrDmN").set_binary("", {0xFF, 0xFF, 0, 0, 8, 0, 0, 0});
  machine.system.key("Setup").set_string("SystemSetupInProgress", "no").set_dword("CloneTag", 1);
  const SystemFacts facts = machine.facts();
  BOOST_TEST(text_of(facts.product_id) == "00330");
  BOOST_TEST(!facts.product_key.has_value());
  for (const char* name : {"DigitalProductId", "Account!V", "PolPrDmN"}) {
    BOOST_TEST(has_finding(facts.diagnostics, "damaged", name));
  }
  for (const char* name : {"MachineGuid", "SystemSetupInProgress", "CloneTag"}) {
    BOOST_TEST(has_finding(facts.diagnostics, "wrong-type", name));
  }
}

BOOST_AUTO_TEST_CASE(product_keys_of_all_values_have_25_digits_or_are_refused) {
  BOOST_TEST(!decode_digital_product_id(product_id_blob({})).has_value());
  BOOST_TEST(to_utf8(*decode_digital_product_id(product_id_blob({1}))) ==
             "BBBBB-BBBBB-BBBBB-BBBBB-BBBBC");
  BOOST_TEST(to_utf8(*decode_digital_product_id(
                 product_id_blob({1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8}))) ==
             "NBBBB-BBBBB-BBBBB-BBBBB-BBBBC");
  const auto all =
      product_id_blob({255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255});
  BOOST_TEST(!decode_digital_product_id(all).has_value());
  for (std::size_t size = 0; size < 67; ++size) {
    BOOST_TEST(!decode_digital_product_id(Bytes(all).first(size)).has_value());
  }
}

BOOST_AUTO_TEST_CASE(policy_texts_stay_inside_of_their_value) {
  std::vector<std::byte> value(12);
  value[0] = std::byte{4};
  value[4] = std::byte{8};
  value[8] = std::byte{'A'};
  value[10] = std::byte{'B'};
  BOOST_TEST(to_utf8(*decode_policy_text(value)) == "AB");
  for (std::size_t size = 0; size < value.size(); ++size) {
    BOOST_TEST(!decode_policy_text(Bytes(value).first(size)).has_value());
  }
  value[7] = std::byte{0xFF};
  BOOST_TEST(!decode_policy_text(value).has_value());
}

BOOST_AUTO_TEST_CASE(real_hives) {
  if (!have_real_data()) {
    return;
  }
  fixture::Tree tree;
  const std::string config = "Windows/System32/config/";
  tree.add_file(config + "SYSTEM", real_bytes("registry/dissect/SYSTEM.xz"));
  tree.add_file(config + "SAM", real_bytes("registry/ezregistry/SAM"));
  tree.add_file(config + "SECURITY", real_bytes("registry/ezregistry/SECURITY"));
  tree.add_file(config + "SOFTWARE", real_bytes("registry/xp_sp3_full/SOFTWARE"));
  const SystemFacts facts = read_system_facts(*open_tree(tree));
  BOOST_TEST(text_of(facts.machine_sid) == "S-1-5-21-3064465268-1549819264-574340205");
  BOOST_TEST(facts.domain_sid.has_value());
  BOOST_TEST(text_of(facts.netbios_domain) == "PRWUA");
  BOOST_TEST(!facts.workgroup.has_value());
  BOOST_TEST(text_of(facts.machine_guid) == "2f6f6a0e-5ef1-42b1-8788-6b7dccde461f");
  BOOST_TEST(text_of(facts.product_id) == "76487-029-3604404-22901");
  BOOST_TEST(text_of(facts.product_key).size() == 29U);
  BOOST_TEST(text_of(facts.ansi_code_page) == "1252");
  BOOST_TEST(text_of(facts.oem_code_page) == "437");
  BOOST_TEST(text_of(facts.hardware.manufacturer) == "VMware, Inc.");
  BOOST_TEST(text_of(facts.hardware.model) == "VMware7,1");
  BOOST_TEST(text_of(facts.hardware.firmware_date) == "08/09/2021");
  BOOST_TEST(facts.deployment.generalization->value == 7U);
  BOOST_TEST(!facts.dns_domain.has_value());
  BOOST_TEST(facts.history.empty());
}

BOOST_AUTO_TEST_CASE(a_real_machine_of_windows_nt_4_has_its_name_behind_its_identifier) {
  if (!have_real_data()) {
    return;
  }
  fixture::Tree tree;
  tree.add_file("WINNT/System32/config/SYSTEM", real_bytes("registry/aiowinreg_nt4/SYSTEM"));
  tree.add_file("WINNT/System32/config/SAM", real_bytes("registry/aiowinreg_nt4/SAM"));
  const SystemFacts facts = read_system_facts(*open_tree(tree));
  BOOST_TEST(text_of(facts.machine_sid) == "S-1-5-21-247810356-1021781772-2498087");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
