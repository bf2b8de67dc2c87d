// SPDX-License-Identifier: Apache-2.0
// `casement drivers`.
#include "tools/casement/commands/drivers.h"

#include <fmt/format.h>

#include "tools/casement/commands/driver_rows.h"
#include "tools/casement/commands/parallel.h"
#include "tools/casement/commands/question.h"

namespace casement::cli {
namespace {

DriverPointers chosen_drivers(const DriverList& list, const DriversOptions& options) {
  const ItemFilter names(options);
  const NamePattern classes(options.class_name);
  const NamePattern providers(options.provider);
  DriverPointers chosen;
  for (const DriverPackage& driver : list.drivers) {
    if ((options.all || !driver.inbox) &&
        (names.takes(driver.published_name) || names.takes(driver.original_name)) &&
        classes.matches(driver.class_name) && providers.matches(driver.provider)) {
      chosen.push_back(&driver);
    }
  }
  return chosen;
}

std::string remark(const DriverList& list, std::size_t shown, bool all) {
  std::size_t inbox = 0;
  for (const DriverPackage& driver : list.drivers) {
    inbox += driver.inbox ? 1U : 0U;
  }
  std::string text = fmt::format("{} of {} driver packages", shown, list.drivers.size());
  if (!all && inbox != 0) {
    text += fmt::format("; --all lists the {} of Windows too", inbox);
  }
  return text;
}

ExitCode show_one(const Image& image, const DriverList& list, const DriversOptions& options,
                  FindingList& findings, Output& output) {
  const ItemNames names{
      names_of(list.drivers, [](const DriverPackage& driver) { return driver.published_name; }),
      names_of(list.drivers, [](const DriverPackage& driver) { return driver.package_id; }),
      names_of(list.drivers, [](const DriverPackage& driver) { return driver.original_name; })};
  const auto index = choose_item(options.name, names, "drivers");
  if (!index) {
    findings.say(true);
    return ExitCode::failed;
  }
  const std::vector<DriverDetails> details = read_devices(image, {&list.drivers[*index]}, findings);
  const Listing listing =
      make_listing("drivers", "driver", details,
                   [](const DriverDetails& item, FieldSink& sink) { describe_driver(item, sink); });
  render_item(output, listing, 0, options.style, findings);
  return end_question(findings, options.style);
}

/// JSON has the devices within their drivers; a table and CSV have a row a device.
void show_devices(const Image& image, const DriverPointers& chosen, const DriversOptions& options,
                  FindingList& findings, Output& output, std::string text) {
  const std::vector<DriverDetails> details = read_devices(image, chosen, findings);
  if (options.style.format == ListingFormat::json) {
    render_listing(output,
                   make_listing("drivers", "driver", details,
                                [](const DriverDetails& item, FieldSink& sink) {
                                  describe_driver(item, sink);
                                }),
                   options.style, findings);
    return;
  }
  const std::vector<DeviceRow> rows = device_rows(details);
  Listing listing = make_listing("devices", "device", rows, describe_device);
  listing.remark = fmt::format("{} devices of {}", rows.size(), text);
  render_listing(output, listing, options.style, findings);
}

}  // namespace

DriverPointers all_drivers(const DriverList& list) {
  DriverPointers all;
  for (const DriverPackage& driver : list.drivers) {
    all.push_back(&driver);
  }
  return all;
}

std::vector<DriverDetails> read_devices(const Image& image, const DriverPointers& drivers,
                                        FindingList& findings) {
  std::vector<DriverDetails> details(drivers.size());
  for_each_parallel(drivers.size(), [&](std::size_t i) {
    Result<DriverDetails> read = driver_details(image, *drivers[i]);
    if (read) {
      details[i] = std::move(read).take();
      return;
    }
    details[i].package = *drivers[i];
    details[i].diagnostics.add(Severity::warning, "driver-details", read.error().message());
  });
  for (const DriverDetails& item : details) {
    findings.add("drivers", item.diagnostics);
  }
  return details;
}

std::vector<DeviceRow> device_rows(const std::vector<DriverDetails>& details) {
  std::vector<DeviceRow> rows;
  for (const DriverDetails& item : details) {
    for (const DriverModel& model : item.models) {
      rows.push_back({.driver = &item.package, .model = &model});
    }
  }
  return rows;
}

ExitCode run_drivers(const DriversOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const Image& image = std::get<SessionPtr>(opened)->image();
  const DriverList list = read_drivers(image);
  FindingList findings;
  findings.add("drivers", list.diagnostics);
  add_hive_findings(findings, image);
  if (!options.name.empty()) {
    return show_one(image, list, options, findings, output);
  }
  const DriverPointers chosen = chosen_drivers(list, options);
  const std::string text = remark(list, chosen.size(), options.all);
  if (options.devices) {
    show_devices(image, chosen, options, findings, output, text);
    return end_question(findings, options.style);
  }
  const Shown inbox = options.all ? Shown::column : Shown::details;
  Listing listing = make_listing("drivers", "driver", chosen,
                                 [inbox](const DriverPackage* driver, FieldSink& sink) {
                                   static const DriverPackage none;
                                   describe_driver(driver != nullptr ? *driver : none, sink, inbox);
                                 });
  listing.remark = text;
  render_listing(output, listing, options.style, findings);
  return end_question(findings, options.style);
}

}  // namespace casement::cli
