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
};

struct Hardware {
  MaybeFact<std::u16string> manufacturer;
  MaybeFact<std::u16string> model;
  MaybeFact<std::u16string> firmware_version;
  MaybeFact<std::u16string> firmware_date;  // as stored: "08/09/2021"
};

/// Absent facts are nullopt: nothing is guessed.
struct SystemFacts {
  MaybeFact<std::u16string> machine_guid;
  MaybeFact<std::u16string> product_id;   // "00330-80000-00000-AA012"
  MaybeFact<std::u16string> product_key;  // of DigitalProductId; not checked to be genuine
  MaybeFact<std::u16string> dns_domain;
  MaybeFact<std::u16string> workgroup;       // of a machine that is in no domain
  MaybeFact<std::u16string> netbios_domain;  // of one that is
  MaybeFact<std::u16string> machine_sid;     // "S-1-5-21-a-b-c"
  MaybeFact<std::u16string> domain_sid;
  MaybeFact<std::u16string> ansi_code_page;  // "1252"
  MaybeFact<std::u16string> oem_code_page;
  MaybeFact<bool> clock_in_utc;
  MaybeFact<Firmware> firmware;
  MaybeFact<bool> secure_boot;
  MaybeFact<std::u16string> last_user;  // who signed in last
  DeploymentState deployment;
  Hardware hardware;
  std::vector<PreviousWindows> history;  // oldest first
  Diagnostics diagnostics;
};

/// Reads what is there; a damaged value is reported in SystemFacts::diagnostics and hides no other.
SystemFacts read_system_facts(const Image& image);

}  // namespace casement
