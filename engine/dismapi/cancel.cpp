// SPDX-License-Identifier: Apache-2.0
// Entry points of this library alone: cancel events.
#include <utility>

#include "engine/dismapi/cancel_events.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

namespace casement::dismapi {
namespace {

template <Function function>
HRESULT use_event(HANDLE event, bool (CancelEvents::*use)(HANDLE) noexcept) noexcept {
  return implemented<function>([&]() -> Result<void> {
    // Also while the API shuts down, which waits for the calls that an event stops.
    if (!(CancelEvents::instance().*use)(event)) {
      Arguments arguments(Library::instance());
      CASEMENT_TRY(arguments.finish());
      return fail(Status::invalid_argument,
                  "CancelEvent is no event that DismxCreateCancelEvent made, or it was closed");
    }
    return {};
  });
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names like those of Windows.
// NOLINTBEGIN(readability-identifier-naming)
HRESULT WINAPI DismxCreateCancelEvent(HANDLE* CancelEvent) noexcept {
  return implemented<Function::DismxCreateCancelEvent>([&]() -> Result<void> {
    Arguments arguments(Library::instance());
    arguments.out(CancelEvent, "CancelEvent");
    CASEMENT_TRY(arguments.finish());
    *CancelEvent = CancelEvents::instance().create();
    return {};
  });
}

HRESULT WINAPI DismxSetCancelEvent(HANDLE CancelEvent) noexcept {
  return use_event<Function::DismxSetCancelEvent>(CancelEvent, &CancelEvents::set);
}

HRESULT WINAPI DismxCloseCancelEvent(HANDLE CancelEvent) noexcept {
  return use_event<Function::DismxCloseCancelEvent>(CancelEvent, &CancelEvents::close);
}
// NOLINTEND(readability-identifier-naming)
