// SPDX-License-Identifier: Apache-2.0
// Entry points on drivers.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetDrivers(DismSession Session, BOOL /*AllDrivers*/,
                              DismDriverPackage** DriverPackage, UINT* Count) noexcept {
  return unavailable<Function::DismGetDrivers>([&](Arguments& arguments) {
    arguments.out(DriverPackage, "DriverPackage").out_count(Count).session(Session);
  });
}

HRESULT WINAPI DismGetDriverInfo(DismSession Session, PCWSTR DriverPath, DismDriver** Driver,
                                 UINT* Count, DismDriverPackage** DriverPackage) noexcept {
  return unavailable<Function::DismGetDriverInfo>([&](Arguments& arguments) {
    arguments.out(Driver, "Driver")
        .out_count(Count)
        .optional_out(DriverPackage)
        .text(DriverPath, "DriverPath")
        .session(Session);
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
