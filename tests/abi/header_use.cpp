// SPDX-License-Identifier: Apache-2.0
// dismapi.h in C++.
#include "header_use.h"

#include <type_traits>

static_assert(std::is_base_of<DismPackageInfo, DismPackageInfoEx>::value, "as on Windows");
static_assert(noexcept(DismShutdown()), "no exception leaves the library");

PCWSTR package_name(const DismPackageInfoEx* info);
PCWSTR package_name(const DismPackageInfoEx* info) {
  return package_of(info);
}
HRESULT try_online(DismSession* session);
HRESULT try_online(DismSession* session) {
  return open_online(session);
}
