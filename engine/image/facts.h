// SPDX-License-Identifier: Apache-2.0
// What a few point lookups in SYSTEM and SOFTWARE say about an installation: enough to score,
// classify, choose and name it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/image/control_set.h"
#include "engine/image/hive_set.h"
#include "engine/image/start_record.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"

namespace casement {

/// Absent is nullopt; damaged is absent and a finding.
struct InstallationFacts {
  HivePtr system;            // null: not there, or not readable (then a finding)
  HivePtr software;          // likewise
  bool system_file = false;  // the file is there, readable or not
  bool software_file = false;

  ControlSet control_set;
  bool mini_nt = false;                        // Control\MiniNT: Windows PE
  std::optional<std::u16string> product_type;  // ProductOptions!ProductType
  FileTime last_activity;                      // Control\Windows!ShutdownTime
  StartRecord start;                           // where it was started from

  bool current_version = false;               // SOFTWARE has the key
  bool winpe_key = false;                     // ...\Windows NT\CurrentVersion\WinPE
  std::optional<std::u16string> system_root;  // SystemRoot, else PathName: "C:\Windows"
  std::optional<std::u16string> installation_type;
  std::optional<std::u16string> edition;
  std::optional<std::uint64_t> install_date;
  std::optional<std::u16string> machine_guid;
};

/// Nothing that is wrong with one hive hides what the other says.
InstallationFacts read_facts(const HiveSet& hives, Diagnostics& findings);

/// SOFTWARE's key of the product.
inline constexpr const char16_t* current_version_key = u"Microsoft\\Windows NT\\CurrentVersion";

}  // namespace casement
