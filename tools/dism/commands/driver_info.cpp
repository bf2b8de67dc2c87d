// SPDX-License-Identifier: Apache-2.0
// /Get-DriverInfo: the devices that a driver package serves.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "engine/inspect/driver_details.h"
#include "engine/session/servicing_file.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "tools/dism/values.h"
#include "vfs/core/utf16.h"

namespace casement::dism {
namespace {

void add_package(std::string& out, const DriverPackage& driver) {
  out += "Driver package information:\n\n";
  add_field(out, "Published Name", driver.published_name);
  add_field(out, "Driver Store Path", driver.store_path);
  add_field(out, "Class Name", driver.class_name);
  add_field(out, "Class Description", driver.class_description);
  add_field(out, "Class GUID", driver.class_guid ? guid_text(*driver.class_guid) : std::string());
  add_field(out, "Date", date_text(driver.date));
  add_field(out, "Version", driver.version ? driver_version_text(*driver.version) : std::string());
  add_field(out, "Boot Critical", yes_no(driver.boot_critical));
}

void add_model(std::string& out, const DriverModel& model) {
  add_field(out, "Manufacturer", model.manufacturer);
  add_field(out, "Description", model.description);
  add_field(out, "Architecture", architecture_name(model.architecture));
  add_field(out, "Hardware ID", model.hardware_id);
  add_field(out, "Service Name", model.service);
  add_field(out, "Compatible IDs", printable_list(model.compatible_ids));
  add_field(out, "Exclude IDs", printable_list(model.exclude_ids));
}

void add_details(std::string& out, const DriverDetails& details) {
  add_package(out, details.package);
  std::optional<Architecture> heading;
  for (const DriverModel& model : details.models) {
    if (heading != model.architecture) {
      heading = model.architecture;
      out +=
          fmt::format("\nDrivers for architecture : {}\n", architecture_name(model.architecture));
    }
    out += '\n';
    add_model(out, model);
  }
}

/// An INF outside of the image. Its store path is the path that was given.
Result<DriverDetails> details_of_file(Context& context, const std::u16string& path) {
  auto file = read_inf_file(path);
  if (!file) {
    return context.refuse(file.error().status(), {}, file.error());
  }
  return driver_details(context.image(), file->bytes, file->name, file->path);
}

Result<DriverDetails> details_of(Context& context, const DriverList& list,
                                 const std::string& driver) {
  const std::u16string name = CASEMENT_TRY(wide(driver, "the driver"));
  if (const DriverPackage* installed = find_driver(list, name)) {
    return driver_details(context.image(), *installed);
  }
  return details_of_file(context, name);
}

}  // namespace

Result<void> get_driver_info(Context& context) {
  const auto& options = context.request().options;
  if (options.empty()) {
    return context.refuse(wrong_usage, usage::missing_option("Get-DriverInfo", "/Driver"),
                          "no driver was named");
  }
  const DriverList list = read_drivers(context.image());
  std::string& out = context.text();
  for (std::size_t i = 0; i < options.size(); ++i) {
    const DriverDetails details = CASEMENT_TRY(details_of(context, list, options[i].value));
    out += i == 0 ? "" : "\n";
    add_details(out, details);
    context.note(details.diagnostics);
  }
  return {};
}

}  // namespace casement::dism
