// SPDX-License-Identifier: Apache-2.0
// Entry points on capabilities and reserved storage.
#include "engine/inspect/capabilities.h"

#include <fmt/format.h>

#include "engine/dismapi/convert.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/hand_out.h"
#include "engine/dismapi/servicing_values.h"
#include "engine/inspect/deployment.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

void fill_capability(Answer& answer, const Capability& capability, DismCapability& out) {
  out.Name = answer.text(capability.identity);
  out.State = to_dism(capability.state);
}

void fill_capability_info(Answer& answer, const Capability& capability, DismCapabilityInfo& out) {
  out.Name = answer.text(capability.identity);
  out.State = to_dism(capability.state);
  out.DisplayName = answer.text(capability.display_name);
  out.Description = answer.text(capability.description);
  out.DownloadSize = saturated_size(capability.download_size);
  out.InstallSize = saturated_size(capability.install_size);
}

Result<const Capability*> named_capability(const CapabilityList& list, PCWSTR text) {
  const std::u16string name = CASEMENT_TRY(required_string(text, "Name"));
  const Capability* const found = find_capability(list, name);
  if (found == nullptr) {
    // The words of DISM come first.
    return fail(Status::invalid_argument,
                fmt::format("A Windows capability name was not recognized. The image knows {} "
                            "capabilities, and \"{}\" is none of them",
                            list.capabilities.size(), to_utf8(name)));
  }
  return found;
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetCapabilities(DismSession Session, DismCapability** Capability,
                                   UINT* Count) noexcept {
  return question<Function::DismGetCapabilities>(
      [&](Arguments& arguments) {
        arguments.out(Capability, "Capability").out_count(Count).session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const CapabilityList list = read_capabilities(opened.packages());
        log_findings(Function::DismGetCapabilities, list.diagnostics);
        hand_out_array(list.capabilities, Capability, Count, fill_capability);
        return {};
      });
}

HRESULT WINAPI DismGetCapabilityInfo(DismSession Session, PCWSTR Name,
                                     DismCapabilityInfo** Info) noexcept {
  return question<Function::DismGetCapabilityInfo>(
      [&](Arguments& arguments) {
        arguments.out(Info, "Info").text(Name, "Name").session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const CapabilityList list = read_capabilities(opened.packages());
        const Capability* const capability = CASEMENT_TRY(named_capability(list, Name));
        hand_out_one(Info, [capability](Answer& answer, DismCapabilityInfo& out) {
          fill_capability_info(answer, *capability, out);
        });
        return {};
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
  return question<Function::DismGetReservedStorageState>(
      [&](Arguments& arguments) { arguments.out_value(State, "State").session(Session); },
      [&](const casement::Session& opened) -> Result<void> {
        const ReservedStorage reserved = read_reserved_storage(opened.image());
        log_findings(Function::DismGetReservedStorageState, reserved.diagnostics);
        if (!reserved.enabled) {
          return fail(Status::unsupported,
                      "the image says nothing about reserved storage: Windows has it from "
                      "version 1903 on");
        }
        *State = reserved.enabled->value ? DISM_RESERVED_STORAGE_ENABLED
                                         : DISM_RESERVED_STORAGE_DISABLED;
        return {};
      });
}

HRESULT WINAPI DismSetReservedStorageState(DismSession Session, DWORD State) noexcept {
  return unavailable<Function::DismSetReservedStorageState>([&](Arguments& arguments) {
    arguments.session(Session).range(State, DISM_RESERVED_STORAGE_ENABLED, "State");
  });
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
