// SPDX-License-Identifier: Apache-2.0
// Entry points on provisioned app packages, each under its two names.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/hand_out.h"
#include "engine/inspect/appx.h"

namespace casement::dismapi {
namespace {

void fill_package(Answer& answer, const AppxPackage& package, DismAppxPackage& out) {
  out.PackageName = answer.text(package.full_name);
  out.DisplayName = answer.text(package.name);
  out.PublisherId = answer.text(package.publisher_id);
  out.MajorVersion = package.version[0];
  out.MinorVersion = package.version[1];
  out.Build = package.version[2];
  out.RevisionNumber = package.version[3];
  out.Architecture = appx_architecture_number(package.architecture);
  out.ResourceId = answer.text(package.resource_id);
  out.InstallLocation = answer.text(package.install_location);
  // The one string of the API that is documented to be NULL.
  out.Region = package.regions.empty() ? nullptr : answer.text(package.regions);
}

template <Function function>
HRESULT get_packages(DismSession session, DismAppxPackage** package, UINT* count) noexcept {
  return question<function>(
      [&](Arguments& arguments) {
        arguments.out(package, "Package").out_count(count).session(session);
      },
      [&](const Session& opened) -> Result<void> {
        const AppxList list = read_provisioned_appx(opened.image());
        log_findings(function, list.diagnostics);
        hand_out_array(list.packages, package, count, fill_package);
        return {};
      });
}

/// The parameters of an addition that are looked at before it is refused.
struct Addition {
  DismSession session;
  PCWSTR app_path;
  const PCWSTR* dependencies;
  UINT dependency_count;
  const PCWSTR* optional_packages;
  UINT optional_count;
  const PCWSTR* licenses;
  UINT license_count;
  PCWSTR custom_data_path;
  PCWSTR region;
  DismStubPackageOption stub;
};

template <Function function>
HRESULT add_package(const Addition& addition) noexcept {
  return unavailable<function>([&](Arguments& arguments) {
    arguments.text(addition.app_path, "AppPath")
        .texts(addition.dependencies, addition.dependency_count, "DependencyPackages")
        .texts(addition.optional_packages, addition.optional_count, "OptionalPackages")
        .texts(addition.licenses, addition.license_count, "LicensePaths")
        .optional_text(addition.custom_data_path, "CustomDataPath")
        .optional_text(addition.region, "Region")
        .session(addition.session)
        .range(addition.stub, DismStubPackageOptionInstallStub, "StubPackageOption");
  });
}

template <Function function>
HRESULT remove_package(DismSession session, PCWSTR name) noexcept {
  return unavailable<function>(
      [&](Arguments& arguments) { arguments.text(name, "PackageName").session(session); });
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetProvisionedAppxPackages(DismSession Session, DismAppxPackage** Package,
                                              UINT* Count) noexcept {
  return get_packages<Function::DismGetProvisionedAppxPackages>(Session, Package, Count);
}

HRESULT WINAPI _DismGetProvisionedAppxPackages(DismSession Session, DismAppxPackage** Package,
                                               UINT* Count) noexcept {
  return get_packages<Function::_DismGetProvisionedAppxPackages>(Session, Package, Count);
}

HRESULT WINAPI DismAddProvisionedAppxPackage(DismSession Session, PCWSTR AppPath,
                                             PCWSTR* DependencyPackages,
                                             UINT DependencyPackageCount, PCWSTR* OptionalPackages,
                                             UINT OptionalPackageCount, PCWSTR* LicensePaths,
                                             UINT LicensePathCount, BOOL /*SkipLicense*/,
                                             PCWSTR CustomDataPath, PCWSTR Region,
                                             DismStubPackageOption StubPackageOption) noexcept {
  return add_package<Function::DismAddProvisionedAppxPackage>(
      {Session, AppPath, DependencyPackages, DependencyPackageCount, OptionalPackages,
       OptionalPackageCount, LicensePaths, LicensePathCount, CustomDataPath, Region,
       StubPackageOption});
}

HRESULT WINAPI _DismAddProvisionedAppxPackage(DismSession Session, PCWSTR AppPath,
                                              PCWSTR* DependencyPackages,
                                              UINT DependencyPackageCount, PCWSTR* OptionalPackages,
                                              UINT OptionalPackageCount, PCWSTR* LicensePaths,
                                              UINT LicensePathCount, BOOL /*SkipLicense*/,
                                              PCWSTR CustomDataPath, PCWSTR Region,
                                              DismStubPackageOption StubPackageOption) noexcept {
  return add_package<Function::_DismAddProvisionedAppxPackage>(
      {Session, AppPath, DependencyPackages, DependencyPackageCount, OptionalPackages,
       OptionalPackageCount, LicensePaths, LicensePathCount, CustomDataPath, Region,
       StubPackageOption});
}

HRESULT WINAPI DismRemoveProvisionedAppxPackage(DismSession Session, PCWSTR PackageName) noexcept {
  return remove_package<Function::DismRemoveProvisionedAppxPackage>(Session, PackageName);
}

HRESULT WINAPI _DismRemoveProvisionedAppxPackage(DismSession Session, PCWSTR PackageName) noexcept {
  return remove_package<Function::_DismRemoveProvisionedAppxPackage>(Session, PackageName);
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
