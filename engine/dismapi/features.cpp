// SPDX-License-Identifier: Apache-2.0
// Entry points on features.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "engine/dismapi/convert.h"
#include "engine/dismapi/dismapi.h"
#include "engine/dismapi/guard.h"
#include "engine/dismapi/hand_out.h"
#include "engine/dismapi/named_package.h"
#include "engine/dismapi/servicing_values.h"
#include "engine/inspect/identity.h"
#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

constexpr Status unknown_feature = static_cast<Status>(DISMAPI_E_UNKNOWN_FEATURE);

/// Of the package that is named; without a name those of the foundation package.
Result<FeatureList> features_of(const PackageStore& store, PCWSTR identifier,
                                DismPackageIdentifier kind) {
  const auto named = CASEMENT_TRY(optional_string(identifier, "Identifier"));
  if (!named) {
    return read_features(store);
  }
  const NamedPackage package = CASEMENT_TRY(find_named_package(store, identifier, kind));
  if (const auto* installed = std::get_if<const Package*>(&package)) {
    return read_features(store, **installed);
  }
  return read_features(store, std::get<PackageManifest>(package));
}

/// Up to Windows 7 names of features have a case. An image that does not say what it is counts as a
/// newer one.
bool feature_names_have_case(const Image& image) {
  const Identity identity = read_identity(image);
  if (!identity.major_version) {
    return false;
  }
  const std::uint32_t major = identity.major_version->value;
  const std::uint32_t minor = identity.minor_version ? identity.minor_version->value : 0;
  return major < 6 || (major == 6 && minor < 2);
}

/// unknown_feature: there is none of that name.
Result<const Feature*> named_feature(const Image& image, const FeatureList& list, PCWSTR text) {
  const std::u16string name = CASEMENT_TRY(required_string(text, "FeatureName"));
  const Feature* feature = find_feature(list, name, true);
  if (feature == nullptr && !feature_names_have_case(image)) {
    feature = find_feature(list, name, false);
  }
  if (feature == nullptr) {
    // The words of DISM come first.
    return fail(
        unknown_feature,
        fmt::format("Feature name {} is unknown. A Windows feature name was not "
                    "recognized: {}",
                    to_utf8(name),
                    list.package.empty() ? std::string("the image has no foundation package")
                                         : fmt::format("{} has {} features", to_utf8(list.package),
                                                       list.features.size())));
  }
  return feature;
}

/// The parents with their states: features of the same list, else of the foundation package.
std::vector<Feature> parents_of(const PackageStore& store, const FeatureList& list,
                                const Feature& feature) {
  std::vector<Feature> parents;
  std::optional<FeatureList> foundation;
  for (const std::u16string& name : feature.parents) {
    const Feature* found = find_feature(list, name, false);
    if (found == nullptr) {
      if (!foundation) {
        foundation = read_features(store);
      }
      found = find_feature(*foundation, name, false);
    }
    parents.emplace_back();  // named, but nowhere declared: not present
    parents.back().name = name;
    if (found != nullptr) {
      parents.back() = *found;
    }
  }
  return parents;
}

}  // namespace
}  // namespace casement::dismapi

using namespace casement;           // NOLINT(google-build-using-namespace): entry points are global
using namespace casement::dismapi;  // NOLINT(google-build-using-namespace)

// Names as on Windows.
// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
HRESULT WINAPI DismGetFeatures(DismSession Session, PCWSTR Identifier,
                               DismPackageIdentifier PackageIdentifier, DismFeature** Feature,
                               UINT* Count) noexcept {
  return question<Function::DismGetFeatures>(
      [&](Arguments& arguments) {
        arguments.out(Feature, "Feature")
            .out_count(Count)
            .optional_text(Identifier, "Identifier")
            .session(Session)
            .optional_package(Identifier, PackageIdentifier);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const FeatureList list =
            CASEMENT_TRY(features_of(opened.packages(), Identifier, PackageIdentifier));
        log_findings(Function::DismGetFeatures, list.diagnostics);
        hand_out_array(list.features, Feature, Count, fill_feature);
        return {};
      });
}

HRESULT WINAPI DismGetFeatureInfo(DismSession Session, PCWSTR FeatureName, PCWSTR Identifier,
                                  DismPackageIdentifier PackageIdentifier,
                                  DismFeatureInfo** FeatureInfo) noexcept {
  return question<Function::DismGetFeatureInfo>(
      [&](Arguments& arguments) {
        arguments.out(FeatureInfo, "FeatureInfo")
            .text(FeatureName, "FeatureName")
            .optional_text(Identifier, "Identifier")
            .session(Session)
            .optional_package(Identifier, PackageIdentifier);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const FeatureList list =
            CASEMENT_TRY(features_of(opened.packages(), Identifier, PackageIdentifier));
        const Feature* const feature =
            CASEMENT_TRY(named_feature(opened.image(), list, FeatureName));
        hand_out_one(FeatureInfo, [feature](Answer& answer, DismFeatureInfo& out) {
          fill_feature_info(answer, *feature, out);
        });
        return {};
      });
}

HRESULT WINAPI DismGetFeatureParent(DismSession Session, PCWSTR FeatureName, PCWSTR Identifier,
                                    DismPackageIdentifier PackageIdentifier, DismFeature** Feature,
                                    UINT* Count) noexcept {
  return question<Function::DismGetFeatureParent>(
      [&](Arguments& arguments) {
        arguments.out(Feature, "Feature")
            .out_count(Count)
            .text(FeatureName, "FeatureName")
            .optional_text(Identifier, "Identifier")
            .session(Session)
            .optional_package(Identifier, PackageIdentifier);
      },
      [&](const casement::Session& opened) -> Result<void> {
        const PackageStore& store = opened.packages();
        const FeatureList list = CASEMENT_TRY(features_of(store, Identifier, PackageIdentifier));
        const casement::Feature* const feature =
            CASEMENT_TRY(named_feature(opened.image(), list, FeatureName));
        hand_out_array(parents_of(store, list, *feature), Feature, Count, fill_feature);
        return {};
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
