// SPDX-License-Identifier: Apache-2.0
// The list of driver packages.
#include "engine/inspect/drivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "engine/inspect/device_class.h"
#include "engine/inspect/driver_database.h"
#include "engine/inspect/driver_store.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/image_file.h"
#include "engine/servicing/inf.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// oemN.inf by N, then inbox ones by name; packages of one name by their ids.
bool comes_before(const DriverPackage& a, const DriverPackage& b) noexcept {
  const auto a_number = oem_number(a.published_name);
  const auto b_number = oem_number(b.published_name);
  if (a_number && b_number && *a_number != *b_number) {
    return *a_number < *b_number;
  }
  if (a_number.has_value() != b_number.has_value()) {
    return a_number.has_value();
  }
  const auto by_name = compare_folded(a.published_name, b.published_name);
  return by_name != 0 ? by_name < 0 : compare_folded(a.package_id, b.package_id) < 0;
}

/// INFs that the list reads have at most some hundred KiB together.
constexpr std::size_t max_inf_text = std::size_t{64} << 20;

/// What the registry does not know of a class, the driver's own INF says: a driver that was added
/// while Windows was not running brings its class along.
void complete_classes(std::vector<DriverPackage>& drivers, FactReader& reader,
                      DeviceClasses& classes) {
  std::map<std::u16string, std::vector<DriverPackage*>> by_inf;  // paths, upper-cased
  for (DriverPackage& driver : drivers) {
    if (driver.class_name.empty() && !driver.store_path.empty()) {
      by_inf[upcase(driver.store_path)].push_back(&driver);
    }
  }
  std::size_t read_text = 0;
  for (const auto& [folded, users] : by_inf) {
    if (read_text >= max_inf_text) {
      reader.findings().add(Severity::warning, "limit",
                            fmt::format("classes of drivers: only {} bytes of INFs are read, the "
                                        "classes of the others stay unknown",
                                        read_text));
      return;
    }
    const std::u16string& path = users.front()->store_path;
    const auto file = read_image_file(reader.image(), path, max_driver_file);
    if (file && !*file) {
      continue;
    }
    read_text += file ? (*file)->bytes.size() : 0;
    const auto inf = file ? parse_inf((*file)->bytes) : Result<Inf>(std::unexpected(file.error()));
    if (!inf) {
      reader.findings().add(Severity::warning, "inf-unreadable",
                            Error(inf.error()).context(to_utf8(path)).message());
      continue;
    }
    for (DriverPackage* driver : users) {
      DriverPackage described = *driver;  // the rest of it stays what the registry says
      complete_from_inf(described, *inf, classes);
      driver->class_guid = described.class_guid;
      driver->class_name = std::move(described.class_name);
      driver->class_description = std::move(described.class_description);
      driver->boot_critical = described.boot_critical;
    }
  }
}

}  // namespace

std::string driver_version_text(const DriverVersion& version) {
  return fmt::format("{}.{}.{}.{}", version.major, version.minor, version.build, version.revision);
}

DriverList read_drivers(const Image& image) {
  DriverList list;
  FactReader reader(image, list.diagnostics);
  DeviceClasses classes(reader);
  auto database = read_driver_database(reader, classes);
  if (database) {
    list.drivers = *std::move(database);
    complete_classes(list.drivers, reader, classes);
  } else {
    list.drivers = read_driver_store(reader, classes);
  }
  std::sort(list.drivers.begin(), list.drivers.end(), comes_before);
  return list;
}

const DriverPackage* find_driver(const DriverList& list, std::u16string_view name) noexcept {
  for (const auto member :
       {&DriverPackage::published_name, &DriverPackage::package_id, &DriverPackage::store_path}) {
    for (const DriverPackage& package : list.drivers) {
      if (!(package.*member).empty() && equals_folded(package.*member, name)) {
        return &package;
      }
    }
  }
  return nullptr;
}

}  // namespace casement
