// SPDX-License-Identifier: Apache-2.0
// Entry points on drivers.
#include <vector>

#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/driver_values.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/hand_out.h"
#include "engine/dismapi/named_driver.h"

namespace casement::dismapi {
namespace {

std::vector<const DriverPackage*> wanted_drivers(const DriverList& list, bool inbox_too) {
  std::vector<const DriverPackage*> wanted;
  for (const DriverPackage& driver : list.drivers) {
    if (inbox_too || !driver.inbox) {
      wanted.push_back(&driver);
    }
  }
  return wanted;
}

void hand_out_driver(const DriverDetails& driver, DismDriver** models, UINT* count,
                     DismDriverPackage** package) {
  Answer model_answer;
  auto* const elements = make_array<DismDriver>(model_answer, driver.models, fill_driver);
  const auto model_count = static_cast<UINT>(driver.models.size());
  if (package == nullptr) {
    *models = Allocations::instance().hand_out(std::move(model_answer), elements);
    *count = model_count;
    return;
  }
  HandedOut handed_out(std::move(model_answer), elements);
  hand_out_one(package, [&driver](Answer& answer, DismDriverPackage& out) {
    fill_driver_package(answer, driver.package, out);
  });
  *models = handed_out.keep();
  *count = model_count;
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetDrivers(DismSession Session, BOOL AllDrivers,
                              DismDriverPackage** DriverPackage, UINT* Count) noexcept {
  return question<Function::DismGetDrivers>(
      [&](Arguments& arguments) {
        arguments.out(DriverPackage, "DriverPackage").out_count(Count).session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const DriverList& list = opened.drivers();
        log_findings(Function::DismGetDrivers, list.diagnostics);
        hand_out_array(wanted_drivers(list, AllDrivers != FALSE), DriverPackage, Count,
                       [](Answer& answer, const casement::DriverPackage* driver,
                          DismDriverPackage& out) { fill_driver_package(answer, *driver, out); });
        return {};
      });
}

HRESULT WINAPI DismGetDriverInfo(DismSession Session, PCWSTR DriverPath, DismDriver** Driver,
                                 UINT* Count, DismDriverPackage** DriverPackage) noexcept {
  return question<Function::DismGetDriverInfo>(
      [&](Arguments& arguments) {
        arguments.out(Driver, "Driver")
            .out_count(Count)
            .optional_out(DriverPackage)
            .text(DriverPath, "DriverPath")
            .session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const DriverDetails driver = CASEMENT_TRY(find_named_driver(opened, DriverPath));
        log_findings(Function::DismGetDriverInfo, driver.diagnostics);
        hand_out_driver(driver, Driver, Count, DriverPackage);
        return {};
      });
}

HRESULT WINAPI DismAddDriver(DismSession Session, PCWSTR DriverPath,
                             BOOL /*ForceUnsigned*/) noexcept {
  return unavailable<Function::DismAddDriver>(
      [&](Arguments& arguments) { arguments.text(DriverPath, "DriverPath").session(Session); });
}

HRESULT WINAPI DismRemoveDriver(DismSession Session, PCWSTR DriverPath) noexcept {
  return unavailable<Function::DismRemoveDriver>(
      [&](Arguments& arguments) { arguments.text(DriverPath, "DriverPath").session(Session); });
}
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
