// SPDX-License-Identifier: Apache-2.0
// Entry points on editions, product keys and hives.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI _DismGetCurrentEdition(DismSession Session, DismString** Edition) noexcept {
  return unavailable<Function::_DismGetCurrentEdition>(
      [&](Arguments& arguments) { arguments.out(Edition, "Edition").session(Session); });
}

HRESULT WINAPI _DismGetTargetEditions(DismSession Session, DismString** Editions,
                                      UINT* Count) noexcept {
  return unavailable<Function::_DismGetTargetEditions>([&](Arguments& arguments) {
    arguments.out(Editions, "Editions").out_count(Count).session(Session);
  });
}

HRESULT WINAPI _DismSetEdition(DismSession Session, PCWSTR Edition, PCWSTR ProductKey,
                               HANDLE /*CancelEvent*/, DISM_PROGRESS_CALLBACK /*Progress*/,
                               PVOID /*UserData*/) noexcept {
  return unavailable<Function::_DismSetEdition>([&](Arguments& arguments) {
    arguments.text(Edition, "Edition").optional_text(ProductKey, "ProductKey").session(Session);
  });
}

HRESULT WINAPI _DismGetProductKeyInfo(DismSession Session, PCWSTR ProductKey, DismString** Edition,
                                      DismString** Channel) noexcept {
  return unavailable<Function::_DismGetProductKeyInfo>([&](Arguments& arguments) {
    arguments.out(Edition, "Edition")
        .out(Channel, "Channel")
        .text(ProductKey, "ProductKey")
        .session(Session);
  });
}

HRESULT WINAPI _DismValidateProductKey(DismSession Session, PCWSTR ProductKey) noexcept {
  return unavailable<Function::_DismValidateProductKey>(
      [&](Arguments& arguments) { arguments.text(ProductKey, "ProductKey").session(Session); });
}

HRESULT WINAPI _DismSetProductKey(DismSession Session, PCWSTR ProductKey) noexcept {
  return unavailable<Function::_DismSetProductKey>(
      [&](Arguments& arguments) { arguments.text(ProductKey, "ProductKey").session(Session); });
}

HRESULT WINAPI _DismGetRegistryMountPoint(DismSession Session, DismRegistryHive RegistryHive,
                                          DismString** RegistryMountPoint) noexcept {
  return unavailable<Function::_DismGetRegistryMountPoint>([&](Arguments& arguments) {
    arguments.out(RegistryMountPoint, "RegistryMountPoint")
        .session(Session)
        .range(RegistryHive, DismRegistryHiveDrivers, "RegistryHive");
  });
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
