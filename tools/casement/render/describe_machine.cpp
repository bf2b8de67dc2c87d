// SPDX-License-Identifier: Apache-2.0
// Fields of the machine.
#include "tools/casement/render/describe_machine.h"

#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

void describe_names(const SystemFacts& facts, FieldSink& sink) {
  sink.fact({"machine_guid", "Machine GUID"}, facts.machine_guid);
  sink.fact({"machine_sid", "Machine SID"}, facts.machine_sid);
  sink.fact({"workgroup", "Workgroup"}, facts.workgroup);
  sink.fact({"netbios_domain", "Domain"}, facts.netbios_domain);
  sink.fact({"dns_domain", "DNS domain"}, facts.dns_domain);
  sink.fact({"domain_sid", "Domain SID"}, facts.domain_sid);
  sink.fact({"dhcp_domain", "DHCP domain"}, facts.dhcp_domain);
  sink.fact({"policy_domain", "Policy domain"}, facts.policy_domain);
  sink.fact({"domain_controller", "Policy server"}, facts.domain_controller);
}

void describe_keys(const SystemFacts& facts, FieldSink& sink) {
  sink.fact({"product_id", "Product ID"}, facts.product_id);
  sink.fact({"product_key", "Product key"}, facts.product_key);
  sink.fact({"backup_product_key", "Backup key"}, facts.backup_product_key);
  sink.fact({"composition_edition", "Made of edition"}, facts.composition_edition);
  sink.facts({"product_suite", "Product suite"}, facts.product_suite);
}

void describe_users(const SystemFacts& facts, FieldSink& sink) {
  const AutomaticLogon& logon = facts.automatic_logon;
  sink.fact({"last_user", "Last user"}, facts.last_user);
  sink.fact({"automatic_logon", "Signs in itself"}, logon.enabled);
  sink.fact({"automatic_logon_user", "As user"}, logon.user);
  sink.fact({"automatic_logon_password_stored", "Password stored"}, logon.password_stored);
}

void describe_firmware(const SystemFacts& facts, FieldSink& sink) {
  const Field firmware{"firmware", "Firmware"};
  sink.choice(firmware, facts.firmware ? firmware_words(facts.firmware->value) : std::nullopt);
  if (facts.firmware) {
    sink.evidence(firmware, facts.firmware->evidence);
  }
  sink.fact({"secure_boot", "Secure boot"}, facts.secure_boot);
  sink.fact({"firmware_boot_device", "Firmware boots"}, facts.firmware_boot_device);
  sink.fact({"system_boot_device", "Windows is on"}, facts.system_boot_device);
  sink.fact({"system_partition", "System partition"}, facts.system_partition);
  sink.fact({"clock_in_utc", "Clock in UTC"}, facts.clock_in_utc);
  sink.fact({"daylight_saving_off", "Daylight off"}, facts.daylight_saving_off);
  sink.fact({"ansi_code_page", "ANSI code page"}, facts.ansi_code_page);
  sink.fact({"oem_code_page", "OEM code page"}, facts.oem_code_page);
}

void describe_hardware(const Hardware& hardware, FieldSink& sink) {
  sink.fact({"manufacturer", "Manufacturer"}, hardware.manufacturer);
  sink.fact({"model", "Model"}, hardware.model);
  sink.fact({"family", "Family"}, hardware.family);
  sink.fact({"sku", "SKU"}, hardware.sku);
  sink.fact({"board_manufacturer", "Board maker"}, hardware.board_manufacturer);
  sink.fact({"board_model", "Board model"}, hardware.board_model);
  sink.fact({"firmware_vendor", "Firmware maker"}, hardware.firmware_vendor);
  sink.fact({"firmware_version", "Firmware version"}, hardware.firmware_version);
  sink.fact({"firmware_date", "Firmware date"}, hardware.firmware_date);
  sink.fact({"oem_manufacturer", "OEM"}, hardware.oem_manufacturer);
  sink.fact({"oem_model", "OEM model"}, hardware.oem_model);
}

void describe_setup(const DeploymentState& state, FieldSink& sink) {
  sink.fact({"image_state", "Image state"}, state.image_state);
  sink.fact({"setup_in_progress", "In setup"}, state.setup_in_progress);
  sink.fact({"oobe_in_progress", "In first sign-in"}, state.oobe_in_progress);
  sink.fact({"setup_type", "Setup type"}, state.setup_type);
  sink.fact({"setup_command", "Setup command"}, state.setup_command);
  sink.fact({"respecialize_command", "Respecialize"}, state.respecialize_command);
  sink.fact({"generalization_state", "Generalization"}, state.generalization);
  sink.fact({"cleanup_state", "Sysprep cleanup"}, state.cleanup);
  sink.facts({"clone_tags", "Clone tags"}, state.clone_tags);
}

void describe_history(const std::vector<PreviousWindows>& history, FieldSink& sink) {
  const Field previous{"previous_windows", "Windows before", Shown::tree};
  sink.begin_items(previous);
  for (const PreviousWindows& windows : history) {
    sink.begin_item();
    sink.text({"product_name", "Product", Shown::column}, windows.product_name);
    sink.text({"edition", "Edition", Shown::column}, windows.edition);
    sink.text({"build", "Build", Shown::column}, windows.build);
    sink.time({"install_date", "Installed", Shown::column}, windows.install_date);
    sink.text({"key", "Noted as", Shown::last}, windows.key);
    sink.end_item();
  }
  sink.end_items();
  for (const PreviousWindows& windows : history) {
    sink.evidence(previous, windows.evidence);
  }
}

}  // namespace

void describe_machine(const SystemFacts& facts, FieldSink& sink) {
  describe_names(facts, sink);
  describe_keys(facts, sink);
  describe_users(facts, sink);
  describe_firmware(facts, sink);
  describe_hardware(facts.hardware, sink);
  describe_setup(facts.deployment, sink);
  describe_history(facts.history, sink);
}

}  // namespace casement::cli
