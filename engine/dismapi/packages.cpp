// SPDX-License-Identifier: Apache-2.0
// Entry points on packages and features.
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"

using namespace casement::dismapi;  // NOLINT(google-build-using-namespace): entry points are global

namespace {

template <Function function, class Info>
HRESULT package_info(DismSession session, PCWSTR identifier, DismPackageIdentifier kind,
                     Info** info, const char* name) noexcept {
  return unavailable<function>([&](Arguments& arguments) {
    arguments.out(info, name).text(identifier, "Identifier").session(session).package(kind);
  });
}

}  // namespace

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetPackages(DismSession Session, DismPackage** Package, UINT* Count) noexcept {
  return unavailable<Function::DismGetPackages>([&](Arguments& arguments) {
    arguments.out(Package, "Package").out_count(Count).session(Session);
  });
}

HRESULT WINAPI DismGetPackageInfo(DismSession Session, PCWSTR Identifier,
                                  DismPackageIdentifier PackageIdentifier,
                                  DismPackageInfo** PackageInfo) noexcept {
  return package_info<Function::DismGetPackageInfo>(Session, Identifier, PackageIdentifier,
                                                    PackageInfo, "PackageInfo");
}

HRESULT WINAPI DismGetPackageInfoEx(DismSession Session, PCWSTR Identifier,
                                    DismPackageIdentifier PackageIdentifier,
                                    DismPackageInfoEx** PackageInfoEx) noexcept {
  return package_info<Function::DismGetPackageInfoEx>(Session, Identifier, PackageIdentifier,
                                                      PackageInfoEx, "PackageInfoEx");
}

HRESULT WINAPI _DismGetPackageInfoEx(DismSession Session, PCWSTR Identifier,
                                     DismPackageIdentifier PackageIdentifier,
                                     DismPackageInfoEx** PackageInfoEx) noexcept {
  return package_info<Function::_DismGetPackageInfoEx>(Session, Identifier, PackageIdentifier,
                                                       PackageInfoEx, "PackageInfoEx");
}

HRESULT WINAPI DismAddPackage(DismSession Session, PCWSTR PackagePath, BOOL /*IgnoreCheck*/,
                              BOOL /*PreventPending*/, HANDLE /*CancelEvent*/,
                              DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismAddPackage>(
      [&](Arguments& arguments) { arguments.text(PackagePath, "PackagePath").session(Session); });
}

HRESULT WINAPI DismRemovePackage(DismSession Session, PCWSTR Identifier,
                                 DismPackageIdentifier PackageIdentifier, HANDLE /*CancelEvent*/,
                                 DISM_PROGRESS_CALLBACK /*Progress*/, PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismRemovePackage>([&](Arguments& arguments) {
    arguments.text(Identifier, "Identifier").session(Session).package(PackageIdentifier);
  });
}

HRESULT WINAPI DismGetFeatures(DismSession Session, PCWSTR Identifier,
                               DismPackageIdentifier PackageIdentifier, DismFeature** Feature,
                               UINT* Count) noexcept {
  return unavailable<Function::DismGetFeatures>([&](Arguments& arguments) {
    arguments.out(Feature, "Feature")
        .out_count(Count)
        .optional_text(Identifier, "Identifier")
        .session(Session)
        .optional_package(Identifier, PackageIdentifier);
  });
}

HRESULT WINAPI DismGetFeatureInfo(DismSession Session, PCWSTR FeatureName, PCWSTR Identifier,
                                  DismPackageIdentifier PackageIdentifier,
                                  DismFeatureInfo** FeatureInfo) noexcept {
  return unavailable<Function::DismGetFeatureInfo>([&](Arguments& arguments) {
    arguments.out(FeatureInfo, "FeatureInfo")
        .text(FeatureName, "FeatureName")
        .optional_text(Identifier, "Identifier")
        .session(Session)
        .optional_package(Identifier, PackageIdentifier);
  });
}

HRESULT WINAPI DismGetFeatureParent(DismSession Session, PCWSTR FeatureName, PCWSTR Identifier,
                                    DismPackageIdentifier PackageIdentifier, DismFeature** Feature,
                                    UINT* Count) noexcept {
  return unavailable<Function::DismGetFeatureParent>([&](Arguments& arguments) {
    arguments.out(Feature, "Feature")
        .out_count(Count)
        .text(FeatureName, "FeatureName")
        .optional_text(Identifier, "Identifier")
        .session(Session)
        .optional_package(Identifier, PackageIdentifier);
  });
}

HRESULT WINAPI DismEnableFeature(DismSession Session, PCWSTR FeatureName, PCWSTR Identifier,
                                 DismPackageIdentifier PackageIdentifier, BOOL /*LimitAccess*/,
                                 PCWSTR* SourcePaths, UINT SourcePathCount, BOOL /*EnableAll*/,
                                 HANDLE /*CancelEvent*/, DISM_PROGRESS_CALLBACK /*Progress*/,
                                 PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismEnableFeature>([&](Arguments& arguments) {
    arguments.text(FeatureName, "FeatureName")
        .optional_text(Identifier, "Identifier")
        .texts(SourcePaths, SourcePathCount, "SourcePaths")
        .session(Session)
        .optional_package(Identifier, PackageIdentifier);
  });
}

HRESULT WINAPI DismDisableFeature(DismSession Session, PCWSTR FeatureName, PCWSTR PackageName,
                                  BOOL /*RemovePayload*/, HANDLE /*CancelEvent*/,
                                  DISM_PROGRESS_CALLBACK /*Progress*/,
                                  PVOID /*UserData*/) noexcept {
  return unavailable<Function::DismDisableFeature>([&](Arguments& arguments) {
    arguments.text(FeatureName, "FeatureName")
        .optional_text(PackageName, "PackageName")
        .session(Session);
  });
}

// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
