// SPDX-License-Identifier: Apache-2.0
// Fields of drivers.
#include "tools/casement/render/describe_drivers.h"

#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

void describe_architecture(Architecture architecture, FieldSink& sink) {
  const Field field{"architecture", "Architecture"};
  if (architecture == Architecture::unknown) {
    sink.none(field);
  } else {
    sink.word(field, architecture_name(architecture));
  }
}

void describe_version(const DriverPackage& driver, FieldSink& sink) {
  const Field field{"version", "Version", Shown::column};
  if (driver.version) {
    sink.word(field, driver_version_text(*driver.version));
  } else {
    sink.none(field);
  }
}

void describe_model(const DriverModel& model, FieldSink& sink) {
  sink.text({"hardware_id", "Hardware id", Shown::column}, model.hardware_id);
  sink.text({"description", "Device", Shown::last}, model.description);
  sink.text({"manufacturer", "Manufacturer", Shown::details}, model.manufacturer);
  sink.text({"service", "Service", Shown::column}, model.service);
  describe_architecture(model.architecture, sink);
  sink.texts({"compatible_ids", "Compatible ids", Shown::details}, model.compatible_ids);
  sink.texts({"exclude_ids", "Excluded ids", Shown::details}, model.exclude_ids);
}

}  // namespace

void describe_driver(const DriverPackage& driver, FieldSink& sink, Shown inbox) {
  sink.text({"published_name", "Published", Shown::column}, driver.published_name);
  sink.text({"original_name", "Original name", Shown::last}, driver.original_name);
  sink.boolean({"inbox", "Inbox", inbox}, driver.inbox);
  sink.text({"class_name", "Class", Shown::column}, driver.class_name);
  sink.text({"class_description", "Class means"}, driver.class_description);
  sink.guid({"class_guid", "Class GUID"}, driver.class_guid);
  sink.text({"provider", "Provider", Shown::column}, driver.provider);
  sink.date({"date", "Date", Shown::column}, driver.date);
  describe_version(driver, sink);
  sink.choice({"signature", "Signature", Shown::column}, signature_words(driver.signature));
  sink.text({"signer", "Signer"}, driver.signer);
  sink.number({"signer_score", "Signer score"}, driver.signer_score);
  sink.text({"catalog_file", "Catalog"}, driver.catalog_file);
  sink.boolean({"boot_critical", "Boot critical"}, driver.boot_critical);
  describe_architecture(driver.architecture, sink);
  sink.time({"import_date", "Imported"}, driver.import_date);
  const Field package_id{"package_id", "Package id"};
  sink.text(package_id, driver.package_id);
  sink.evidence(package_id, driver.evidence);
  sink.text({"store_path", "Store path"}, driver.store_path);
}

void describe_driver(const DriverDetails& details, FieldSink& sink) {
  describe_driver(details.package, sink);
  sink.begin_items({"devices", "Devices", Shown::tree});
  for (const DriverModel& model : details.models) {
    sink.begin_item();
    describe_model(model, sink);
    sink.end_item();
  }
  sink.end_items();
}

void describe_device(const DeviceRow& row, FieldSink& sink) {
  static const DriverPackage no_driver;
  static const DriverModel no_model;
  const DriverPackage& driver = row.driver != nullptr ? *row.driver : no_driver;
  sink.text({"published_name", "Published", Shown::column}, driver.published_name);
  sink.text({"class_name", "Class", Shown::column}, driver.class_name);
  sink.text({"provider", "Provider"}, driver.provider);
  sink.date({"date", "Date"}, driver.date);
  const Field version{"version", "Version"};
  driver.version ? sink.word(version, driver_version_text(*driver.version)) : sink.none(version);
  describe_model(row.model != nullptr ? *row.model : no_model, sink);
  sink.evidence({"published_name", "Published"}, driver.evidence);
}

}  // namespace casement::cli
