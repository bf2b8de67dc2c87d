// SPDX-License-Identifier: Apache-2.0
// Entry points on capabilities and reserved storage.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetCapabilities(DismSession Session, DismCapability** Capability,
                                   UINT* Count) noexcept {
  return unavailable<Function::DismGetCapabilities>([&](Arguments& arguments) {
    arguments.out(Capability, "Capability").out_count(Count).session(Session);
  });
}

HRESULT WINAPI DismGetCapabilityInfo(DismSession Session, PCWSTR Name,
                                     DismCapabilityInfo** Info) noexcept {
  return unavailable<Function::DismGetCapabilityInfo>([&](Arguments& arguments) {
    arguments.out(Info, "Info").text(Name, "Name").session(Session);
  });
}

HRESULT WINAPI DismAddCapability(DismSession Session, PCWSTR Name, BOOL /*LimitAccess*/,
                                 PCWSTR* SourcePaths, UINT SourcePathCount, HANDLE /*CancelEvent*/,
                                 DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismAddCapability>([&](Arguments& arguments) {
    arguments.text(Name, "Name")
        .texts(SourcePaths, SourcePathCount, "SourcePaths")
        .session(Session);
  });
}

HRESULT WINAPI DismRemoveCapability(DismSession Session, PCWSTR Name, HANDLE /*CancelEvent*/,
                                    DISM_PROGRESS_CALLBACK /*Progress*/,
                                    PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismRemoveCapability>(
      [&](Arguments& arguments) { arguments.text(Name, "Name").session(Session); });
}

HRESULT WINAPI DismGetReservedStorageState(DismSession Session, DWORD* State) noexcept {
  return unavailable<Function::DismGetReservedStorageState>(
      [&](Arguments& arguments) { arguments.out_value(State, "State").session(Session); });
}

HRESULT WINAPI DismSetReservedStorageState(DismSession Session, DWORD State) noexcept {
  return unavailable<Function::DismSetReservedStorageState>([&](Arguments& arguments) {
    arguments.session(Session).range(State, DISM_RESERVED_STORAGE_ENABLED, "State");
  });
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
