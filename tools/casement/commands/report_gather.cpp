// SPDX-License-Identifier: Apache-2.0
// Asking an installation everything.
#include "tools/casement/commands/report_gather.h"

#include <functional>

#include "tools/casement/commands/parallel.h"
#include "tools/casement/commands/question.h"

namespace casement::cli {
namespace {

using Questions = std::vector<std::function<void()>>;

void ask(const Questions& questions) {
  for_each_parallel(questions.size(), [&](std::size_t i) { questions[i](); });
}

void gather_findings(InstallationReport& report, FindingList& of_devices) {
  FindingList& findings = report.findings;
  findings.add("packages", report.packages().findings());
  findings.add("features", report.features.diagnostics);
  findings.add("capabilities", report.capabilities.diagnostics);
  findings.add("updates", report.updates.diagnostics);
  findings.add("drivers", report.drivers.diagnostics);
  findings.add(of_devices);
  findings.add("apps", report.apps.diagnostics);
  findings.add("apps", report.kept_apps.diagnostics);
  findings.add("msi_products", report.products.diagnostics);
  findings.add("editions", report.editions.diagnostics);
  findings.add("intl", report.international.diagnostics);
  findings.add("machine", report.machine.diagnostics);
  findings.add("servicing", report.servicing.diagnostics);
  findings.add("deployment", report.deployment.storage.diagnostics);
  findings.add("deployment", report.deployment.pe.diagnostics);
  findings.add("deployment", report.deployment.uninstall.diagnostics);
  findings.add("deployment", report.deployment.associations.diagnostics);
  add_hive_findings(findings, report.info.image());
}

}  // namespace

bool InstallationReport::is_damaged() const noexcept {
  return info.is_damaged() || findings.exit_code() != ExitCode::ok;
}

InstallationReport gather_report(const SessionPtr& session, bool devices) {
  InstallationReport report;
  const Image& image = session->image();
  FindingList of_devices;
  // The manifests are by far the longest: they begin first, and what needs them comes afterwards.
  ask({[&] { session->packages().load_manifests(); },
       [&] {
         report.drivers = read_drivers(image);
         if (devices) {
           report.devices = read_devices(image, all_drivers(report.drivers), of_devices);
         }
       },
       [&] { report.info = gather_info(session); },
       [&] {
         report.apps = read_provisioned_appx(image);
         report.kept_apps = read_non_removable_apps(image);
       },
       [&] { report.products = read_msi(image); },
       [&] {
         report.international = read_international_settings(image);
         report.machine = read_system_facts(image);
         report.deployment = {.storage = read_reserved_storage(image),
                              .pe = read_pe_settings(image),
                              .uninstall = read_uninstall_window(image),
                              .associations = read_default_associations(image)};
       }});
  const PackageStore& store = session->packages();
  ask({[&] { report.features = read_features(store); },
       [&] { report.capabilities = read_capabilities(store); },
       [&] { report.updates = read_updates(store); },
       [&] {
         report.editions = read_editions(store);
         report.servicing = read_servicing_state(image);
       }});
  gather_findings(report, of_devices);
  return report;
}

}  // namespace casement::cli
