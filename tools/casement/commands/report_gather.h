// SPDX-License-Identifier: Apache-2.0
// Everything that `casement report` says, gathered before anything is printed.
#pragma once

#include <vector>

#include "engine/inspect/capabilities.h"
#include "engine/inspect/features.h"
#include "engine/inspect/updates.h"
#include "tools/casement/commands/driver_rows.h"
#include "tools/casement/commands/info_report.h"
#include "tools/casement/render/describe_apps.h"
#include "tools/casement/render/describe_machine.h"
#include "tools/casement/render/describe_settings.h"

namespace casement::cli {

/// The answers as the questions give them: nothing is copied into a document.
struct InstallationReport {
  InfoReport info;
  FeatureList features;
  CapabilityList capabilities;
  UpdateList updates;
  DriverList drivers;
  std::vector<DriverDetails> devices;  // one for each driver; empty: not asked for
  AppxList apps;
  NonRemovableApps kept_apps;
  MsiList products;
  Editions editions;
  InternationalSettings international;
  SystemFacts machine;
  ServicingState servicing;
  Deployment deployment;
  FindingList findings;  // of all of them

  const PackageStore& packages() const { return info.session->packages(); }
  /// As `info` has it, or a question found damage.
  bool is_damaged() const noexcept;
};

/// Asks everything, several questions at a time. `devices`: also what each driver serves.
InstallationReport gather_report(const SessionPtr& session, bool devices);

}  // namespace casement::cli
