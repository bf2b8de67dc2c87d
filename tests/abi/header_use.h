// SPDX-License-Identifier: Apache-2.0
// Uses dismapi.h as a program does; compiled as C and as C++ by every compiler that is there.
#ifndef CASEMENT_TESTS_ABI_HEADER_USE_H
#define CASEMENT_TESTS_ABI_HEADER_USE_H

#include <dismapi.h>  // first: it needs nothing before it

/// The fields of an extended package are reached as on Windows.
static inline PCWSTR package_of(const DismPackageInfoEx* info) {
  return info->CapabilityId != NULL ? info->PackageName : NULL;
}

static inline HRESULT open_online(DismSession* session) {
  const WCHAR* const image = DISM_ONLINE_IMAGE;
  const HRESULT result = DismOpenSession(image, NULL, NULL, session);
  switch (result) {
    case DISMAPI_E_DISMAPI_NOT_INITIALIZED:
    case E_INVALIDARG:
      return E_FAIL;
    default:
      return FAILED(result) ? HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED) : S_OK;
  }
}

#endif  // CASEMENT_TESTS_ABI_HEADER_USE_H
