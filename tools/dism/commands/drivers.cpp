// SPDX-License-Identifier: Apache-2.0
// /Get-Drivers: the driver packages of the store.
#include "engine/inspect/drivers.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/table.h"
#include "tools/dism/values.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::dism {
namespace {

/// As text: oem1.inf, oem10.inf, oem2.inf.
std::vector<const DriverPackage*> sorted_drivers(const DriverList& list, bool all) {
  std::vector<const DriverPackage*> drivers;
  for (const DriverPackage& driver : list.drivers) {
    if (all || !driver.inbox) {
      drivers.push_back(&driver);
    }
  }
  std::ranges::sort(drivers, [](const DriverPackage* a, const DriverPackage* b) {
    const auto by_name = compare_folded(a->published_name, b->published_name);
    return by_name != 0 ? by_name < 0 : compare_folded(a->package_id, b->package_id) < 0;
  });
  return drivers;
}

std::vector<std::string> cells_of(const DriverPackage& driver) {
  return {printable(driver.published_name),
          printable(driver.original_name),
          yes_no(driver.inbox),
          printable(driver.class_name),
          printable(driver.provider),
          date_text(driver.date),
          driver.version ? driver_version_text(*driver.version) : std::string()};
}

}  // namespace

Result<void> get_drivers(Context& context) {
  const bool all = context.request().has("All");
  const DriverList list = read_drivers(context.image());
  const auto drivers = sorted_drivers(list, all);
  const std::vector<std::string> labels = {"Published Name", "Original File Name", "Inbox",
                                           "Class Name",     "Provider Name",      "Date",
                                           "Version"};
  std::string& out = context.text();
  // Unverified: the words for all drivers.
  out += all ? "Obtaining list of all drivers from the driver store...\n"
             : "Obtaining list of 3rd party drivers from the driver store...\n";
  out += "\nDriver packages listing:\n";
  if (drivers.empty()) {
    out += "\n(No drivers found in the image matching the criteria)\n";
  } else if (context.request().global.table) {
    Table table(labels);
    for (const DriverPackage* driver : drivers) {
      table.add_row(cells_of(*driver));
    }
    out += "\n\n";
    table.append_to(out);
  } else {
    for (const DriverPackage* driver : drivers) {
      const std::vector<std::string> cells = cells_of(*driver);
      out += '\n';
      for (std::size_t i = 0; i < labels.size(); ++i) {
        add_field(out, labels[i], cells[i]);
      }
    }
  }
  context.note(list.diagnostics);
  return {};
}

}  // namespace casement::dism
