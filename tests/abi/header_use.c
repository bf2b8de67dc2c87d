// SPDX-License-Identifier: Apache-2.0
// dismapi.h in C.
#include "header_use.h"

PCWSTR package_name(const DismPackageInfoEx* info);
PCWSTR package_name(const DismPackageInfoEx* info) {
  return package_of(info) != NULL ? info->Base.PackageName : NULL;
}
HRESULT try_online(DismSession* session);
HRESULT try_online(DismSession* session) {
  return open_online(session);
}
