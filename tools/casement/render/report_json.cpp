// SPDX-License-Identifier: Apache-2.0
// The document of `casement report`, written as it goes.
#include "tools/casement/render/report_json.h"

#include "tools/casement/commands/app_rows.h"
#include "tools/casement/commands/package_rows.h"
#include "tools/casement/render/field_json.h"
#include "tools/casement/render/findings_json.h"
#include "tools/casement/render/info_json_members.h"
#include "tools/casement/render/listing.h"

namespace casement::cli {
namespace {

class ReportWriter {
 public:
  ReportWriter(Output& output, bool evidence)
      : output_(output), json_(output.text()), evidence_(evidence) {}

  JsonWriter& json() noexcept { return json_; }

  template <class Items, class Describe>
  void items(const char* kind, const Items& items, Describe describe) {
    write_items(output_, json_, make_listing(kind, "", items, describe), evidence_);
  }

  template <class Describe>
  void facts(const char* name, const Describe& describe) {
    json_.key(name);
    json_.begin_object();
    FieldJson fields(json_, evidence_);
    describe(fields);
    fields.end_fields();
    json_.end_object();
  }

 private:
  Output& output_;
  JsonWriter json_;
  bool evidence_;
};

void write_packages(ReportWriter& writer, const InstallationReport& report) {
  writer.items("packages", package_rows(report.packages(), [](const Package&) { return true; }),
               [](const PackageRow& row, FieldSink& sink) { describe_package(row, sink); });
  writer.items("features", feature_rows(report.features), describe_feature);
  writer.items("capabilities", report.capabilities.capabilities, describe_capability);
  writer.items("updates", report.updates.updates, describe_update);
}

void write_drivers(ReportWriter& writer, const InstallationReport& report) {
  if (report.devices.empty()) {
    writer.items(
        "drivers", report.drivers.drivers,
        [](const DriverPackage& driver, FieldSink& sink) { describe_driver(driver, sink); });
  } else {
    writer.items("drivers", report.devices, [](const DriverDetails& details, FieldSink& sink) {
      describe_driver(details, sink);
    });
  }
}

}  // namespace

void render_report(Output& output, const InstallationReport& report, bool evidence) {
  ReportWriter writer(output, evidence);
  JsonWriter& json = writer.json();
  json.begin_object();
  json.member("schema", "casement.report/1");
  write_info_members(json, report.info, evidence);
  write_packages(writer, report);
  write_drivers(writer, report);
  writer.items("apps", app_rows(report.apps, report.kept_apps), describe_app);
  writer.items("msi_products", product_rows(report.products), describe_product);
  writer.facts("editions", [&](FieldSink& sink) { describe_editions(report.editions, sink); });
  writer.facts("intl",
               [&](FieldSink& sink) { describe_international(report.international, sink); });
  writer.facts("machine", [&](FieldSink& sink) { describe_machine(report.machine, sink); });
  writer.facts("servicing", [&](FieldSink& sink) { describe_servicing(report.servicing, sink); });
  writer.facts("deployment",
               [&](FieldSink& sink) { describe_deployment(report.deployment, sink); });
  FindingList all = report.info.findings;
  all.add(report.findings);
  write_findings(json, all);
  json.end_object();
  json.end_document();
}

}  // namespace casement::cli
