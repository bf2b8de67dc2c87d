// SPDX-License-Identifier: Apache-2.0
// The rest of what identifies a machine: keys, identifiers, names, firmware, hardware, history.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/image/image.h"
#include "engine/inspect/fact.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"

namespace casement {

/// A Windows that this one was upgraded from, as Setup noted it.
struct PreviousWindows {
  std::u16string key;  // "Source OS (Updated on 3/14/2023 10:11:12)"
  std::u16string product_name;
  std::u16string edition;
  std::u16string build;
  std::optional<FileTime> install_date;
  Evidence evidence;
};

/// Where Setup or Sysprep left off.
struct DeploymentState {
  MaybeFact<bool> setup_in_progress;        // SystemSetupInProgress
  MaybeFact<bool> oobe_in_progress;         // the first sign-in is still to come
  MaybeFact<std::u16string> image_state;    // "IMAGE_STATE_COMPLETE"
  MaybeFact<std::uint32_t> generalization;  // GeneralizationState; 7: done, or never asked for
  MaybeFact<std::uint32_t> cleanup;         // CleanupState of Sysprep
  MaybeFact<std::uint32_t> setup_type;      // what starts instead of the sign-in, unless 0
  MaybeFact<std::u16string> setup_command;  // CmdLine: it
  MaybeFact<std::u16string> respecialize_command;
  std::vector<Fact<std::u16string>> clone_tags;  // when Sysprep made it ready for copying
};

struct Hardware {
  MaybeFact<std::u16string> manufacturer;
  MaybeFact<std::u16string> model;
  MaybeFact<std::u16string> family;
  MaybeFact<std::u16string> sku;
  MaybeFact<std::u16string> board_manufacturer;
  MaybeFact<std::u16string> board_model;
  MaybeFact<std::u16string> firmware_vendor;
  MaybeFact<std::u16string> firmware_version;
  MaybeFact<std::u16string> firmware_date;     // as stored: "08/09/2021"
  MaybeFact<std::u16string> oem_manufacturer;  // as the "About" page of Windows has it
  MaybeFact<std::u16string> oem_model;
};

/// A sign-in without asking for a password. The password itself is not kept.
struct AutomaticLogon {
  MaybeFact<bool> enabled;          // AutoAdminLogon
  MaybeFact<std::u16string> user;   // DefaultUserName
  MaybeFact<bool> password_stored;  // there is a DefaultPassword that is not empty
};

/// Absent facts are nullopt: nothing is guessed.
struct SystemFacts {
  MaybeFact<std::u16string> machine_guid;
  MaybeFact<std::u16string> product_id;           // "00330-80000-00000-AA012"
  MaybeFact<std::u16string> product_key;          // of DigitalProductId; not checked to be genuine
  MaybeFact<std::u16string> backup_product_key;   // as the licensing service keeps it
  MaybeFact<std::u16string> composition_edition;  // the edition whose files these are
  std::vector<Fact<std::u16string>> product_suite;  // "Terminal Server"
  MaybeFact<std::u16string> dns_domain;
  MaybeFact<std::u16string> dhcp_domain;        // DNS suffix that a network gave
  MaybeFact<std::u16string> policy_domain;      // of the last group policy: MachineDomain
  MaybeFact<std::u16string> domain_controller;  // that it came from
  MaybeFact<std::u16string> workgroup;          // of a machine that is in no domain
  MaybeFact<std::u16string> netbios_domain;     // of one that is
  MaybeFact<std::u16string> machine_sid;        // "S-1-5-21-a-b-c"
  MaybeFact<std::u16string> domain_sid;
  MaybeFact<std::u16string> ansi_code_page;  // "1252"
  MaybeFact<std::u16string> oem_code_page;
  MaybeFact<bool> clock_in_utc;
  MaybeFact<bool> daylight_saving_off;  // DynamicDaylightTimeDisabled
  MaybeFact<Firmware> firmware;
  MaybeFact<bool> secure_boot;
  MaybeFact<std::u16string> firmware_boot_device;  // "multi(0)disk(0)rdisk(0)partition(1)"
  MaybeFact<std::u16string> system_boot_device;
  MaybeFact<std::u16string> system_partition;  // "\\Device\\HarddiskVolume1"
  MaybeFact<std::u16string> last_user;         // who signed in last
  AutomaticLogon automatic_logon;
  DeploymentState deployment;
  Hardware hardware;
  std::vector<PreviousWindows> history;  // oldest first
  Diagnostics diagnostics;
};

/// Reads what is there; a damaged value is reported in SystemFacts::diagnostics and hides no other.
SystemFacts read_system_facts(const Image& image);

}  // namespace casement
