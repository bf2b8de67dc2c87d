// SPDX-License-Identifier: Apache-2.0
// Entry points on packages.
#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/hand_out.h"
#include "engine/dismapi/named_package.h"
#include "engine/dismapi/servicing_values.h"
#include "engine/dismapi/system_time.h"

namespace casement::dismapi {
namespace {

DismReleaseType release_type_of(const PackageStore& store, const Package& package) {
  const PackageManifest* const manifest = store.manifest(package);
  return to_dism(manifest == nullptr ? std::nullopt : parse_release_type(manifest->release_type));
}

/// DISM lists visible packages; hidden ones can be asked for by name.
std::vector<const Package*> visible_packages(const PackageStore& store) {
  std::vector<const Package*> visible;
  for (const Package& package : store.packages()) {
    if (package.visible) {
      visible.push_back(&package);
    }
  }
  return visible;
}

PackageDetails details_of(const PackageStore& store, const NamedPackage& named) {
  if (const auto* package = std::get_if<const Package*>(&named)) {
    return package_details(store, **package);
  }
  return package_details(store, std::get<PackageManifest>(named));
}

/// What the newer structure has beside the older one's fields.
void fill_rest(Answer& /*answer*/, const PackageDetails& /*package*/, DismPackageInfo& /*out*/) {}
void fill_rest(Answer& answer, const PackageDetails& package, DismPackageInfoEx& out) {
  out.CapabilityId = answer.text(package.capability);
}

template <Function function, class Info>
HRESULT package_info(DismSession session, PCWSTR identifier, DismPackageIdentifier kind,
                     Info** info, const char* name) noexcept {
  return question<function>(
      [&](Arguments& arguments) {
        arguments.out(info, name).text(identifier, "Identifier").session(session).package(kind);
      },
      [&](const Session& opened) -> Result<void> {
        const PackageStore& store = opened.packages();
        const NamedPackage named = CASEMENT_TRY(find_named_package(store, identifier, kind));
        const PackageDetails package = details_of(store, named);
        hand_out_one(info, [&package](Answer& answer, Info& out) {
          fill_package_info(answer, package, out);
          fill_rest(answer, package, out);
        });
        return {};
      });
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetPackages(DismSession Session, DismPackage** Package, UINT* Count) noexcept {
  return question<Function::DismGetPackages>(
      [&](Arguments& arguments) {
        arguments.out(Package, "Package").out_count(Count).session(Session);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const PackageStore& store = opened.packages();
        store.load_manifests();  // release types are in them
        log_findings(Function::DismGetPackages, store.findings());
        hand_out_array(
            visible_packages(store), Package, Count,
            [&store](Answer& answer, const casement::Package* package, DismPackage& out) {
              out.PackageName = answer.text(package->identity);
              out.PackageState = to_dism(package->state);
              out.ReleaseType = release_type_of(store, *package);
              out.InstallTime = to_system_time(package->install_time.value_or(FileTime{}));
            });
        return {};
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
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
