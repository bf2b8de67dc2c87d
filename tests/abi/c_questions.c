// SPDX-License-Identifier: Apache-2.0
// A C program asks a session everything that can be asked, and deletes every answer once.
// usage: c_questions IMAGE (a directory with the recipe windows_11)
#define _POSIX_C_SOURCE 200809L

#include "c_questions.h"

#include <stdio.h>
#include <stdlib.h>

#include "expect.h"
#include "wide_text.h"

enum { path_units = 4096 };

// An element of an array whose elements lie packed, read as a client of another language would.
#define ELEMENT(type, array, index) \
  ((const type*)(const void*)((const char*)(array) + (size_t)(index) * sizeof(type)))

static const DismPackage* find_package(const DismPackage* packages, UINT count, PCWSTR prefix,
                                       DismPackageFeatureState state) {
  for (UINT i = 0; i < count; ++i) {
    const DismPackage* package = ELEMENT(DismPackage, packages, i);
    if (package->PackageState == state && begins_with(package->PackageName, prefix)) {
      return package;
    }
  }
  return NULL;
}

static const DismFeature* find_feature(const DismFeature* features, UINT count, PCWSTR name) {
  for (UINT i = 0; i < count; ++i) {
    if (same_text(ELEMENT(DismFeature, features, i)->FeatureName, name)) {
      return ELEMENT(DismFeature, features, i);
    }
  }
  return NULL;
}

static void test_package_info(DismSession session, PCWSTR identity) {
  DismPackageInfo* info = NULL;
  EXPECT_HR(DismGetPackageInfo(session, identity, DismPackageName, &info), S_OK);
  if (info == NULL) {
    return;
  }
  EXPECT(same_text(info->PackageName, identity));
  EXPECT(info->PackageState == DismStateInstalled);
  EXPECT(info->ReleaseType == DismReleaseTypeSecurityUpdate);
  EXPECT(info->Applicable != FALSE);
  EXPECT(same_text(info->DisplayName, u"default"));
  EXPECT(same_text(info->Description, u"Fix for KB5000002"));
  EXPECT(same_text(info->InstallClient, u"WindowsUpdateAgent"));
  EXPECT(begins_with(info->InstallPackageName, identity));
  EXPECT(same_text(info->SupportInformation, u"https://example.com/help/KB5000002"));
  EXPECT(info->RestartRequired == DismRestartPossible);
  EXPECT(info->FullyOffline == DismFullyOfflineInstallableUndetermined);
  EXPECT(info->InstallTime.wYear > 2000);
  EXPECT(info->CreationTime.wYear == 0 && info->LastUpdateTime.wYear == 0);
  EXPECT(info->FeatureCount == 0 && info->Feature == NULL);
  EXPECT(info->CustomPropertyCount == 0 && info->CustomProperty == NULL);
  EXPECT_HR(DismDelete(info), S_OK);
  EXPECT_HR(DismDelete(info), E_INVALIDARG);
}

static void test_packages(DismSession session) {
  DismPackage* packages = NULL;
  UINT count = 0;
  EXPECT_HR(DismGetPackages(session, &packages, &count), S_OK);
  EXPECT(count > 5);
  const DismPackage* foundation = find_package(
      packages, count, u"Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~",
      DismStateInstalled);
  EXPECT(foundation != NULL && foundation->ReleaseType == DismReleaseTypeFoundation);
  EXPECT(foundation != NULL && foundation->InstallTime.wYear > 2000);
  EXPECT(find_package(packages, count, u"Package_for_RollupFix~", DismStateSuperseded) != NULL);
  // Hidden packages are not listed.
  EXPECT(find_package(packages, count, u"Microsoft-Windows-ProfessionalEdition~",
                      DismStateInstalled) == NULL);
  const DismPackage* rollup =
      find_package(packages, count, u"Package_for_RollupFix~", DismStateInstalled);
  EXPECT(rollup != NULL);
  if (rollup != NULL) {
    test_package_info(session, rollup->PackageName);
  }
  const DismPackage* ssh =
      find_package(packages, count, u"OpenSSH-Client-Package~", DismStateInstalled);
  EXPECT(ssh != NULL && ssh->ReleaseType == DismReleaseTypeOnDemandPack);
  for (int other_name = 0; ssh != NULL && other_name < 2; ++other_name) {
    DismPackageInfoEx* info = NULL;
    EXPECT_HR((other_name ? _DismGetPackageInfoEx : DismGetPackageInfoEx)(session, ssh->PackageName,
                                                                          DismPackageName, &info),
              S_OK);
    EXPECT(info != NULL && same_text(info->PackageName, ssh->PackageName));
    EXPECT(info != NULL && info->FullyOffline == DismFullyOfflineInstallable);
    EXPECT(info != NULL && same_text(info->CapabilityId, u"OpenSSH.Client~~~~0.0.1.0"));
    EXPECT_HR(DismDelete(info), S_OK);
  }
  EXPECT_HR(DismDelete(packages), S_OK);

  DismPackageInfo* info = NULL;
  EXPECT_HR(DismGetPackageInfo(session, u"No~such~package", DismPackageName, &info),
            DISMAPI_E_INVALID_PACKAGE);
  EXPECT_MESSAGE("The specified package is not valid Windows package.");
  EXPECT_HR(DismGetPackageInfo(session, u"/no/such.cab", DismPackagePath, &info),
            HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND));
  EXPECT(info == NULL);
}

static void test_features(DismSession session) {
  DismFeature* features = NULL;
  UINT count = 0;
  // Bindings pass an empty string where C passes NULL.
  EXPECT_HR(DismGetFeatures(session, u"", DismPackageNone, &features, &count), S_OK);
  EXPECT(count > 10);
  const DismFeature* telnet = find_feature(features, count, u"TelnetClient");
  EXPECT(telnet != NULL && telnet->State == DismStateStaged);
  const DismFeature* payload_removed = find_feature(features, count, u"NetFx3");
  EXPECT(payload_removed != NULL && payload_removed->State == DismStateRemoved);
  const DismFeature* enabled = find_feature(features, count, u"WorkFolders-Client");
  EXPECT(enabled != NULL && enabled->State == DismStateInstalled);
  // Features of a package that delegates to the foundation package.
  EXPECT(find_feature(features, count, u"Microsoft-Hyper-V-All") != NULL);
  EXPECT_HR(DismDelete(features), S_OK);

  features = NULL;
  EXPECT_HR(DismGetFeatures(session, NULL, (DismPackageIdentifier)99, &features, &count), S_OK);
  EXPECT_HR(DismDelete(features), S_OK);
  EXPECT_HR(DismGetFeatures(session, u"x~y", DismPackageName, &features, &count),
            DISMAPI_E_INVALID_PACKAGE);
  EXPECT(features == NULL && count == 0);
}

static void test_feature_info(DismSession session) {
  DismFeatureInfo* info = NULL;
  EXPECT_HR(DismGetFeatureInfo(session, u"microsoft-WINDOWS-subsystem-linux", NULL, DismPackageNone,
                               &info),
            S_OK);
  EXPECT(info != NULL && same_text(info->FeatureName, u"Microsoft-Windows-Subsystem-Linux"));
  EXPECT(info != NULL && same_text(info->DisplayName, u"Subsystem for Linux"));
  EXPECT(info != NULL && same_text(info->Description, u"Runs Linux programs."));
  EXPECT(info != NULL && info->FeatureState == DismStateStaged);
  EXPECT(info != NULL && info->RestartRequired == DismRestartPossible);
  EXPECT(info != NULL && info->CustomPropertyCount == 6);
  bool found = false;
  for (UINT i = 0; info != NULL && i < info->CustomPropertyCount; ++i) {
    const DismCustomProperty* property = ELEMENT(DismCustomProperty, info->CustomProperty, i);
    if (same_text(property->Path, u"ServerComponent\\Deploys\\Update")) {
      found = same_text(property->Name, u"Name") &&
              same_text(property->Value, u"Microsoft-Windows-Subsystem-Linux");
    }
  }
  EXPECT(found);
  EXPECT_HR(DismDelete(info), S_OK);

  info = NULL;
  EXPECT_HR(DismGetFeatureInfo(session, u"Foo", NULL, DismPackageNone, &info),
            DISMAPI_E_UNKNOWN_FEATURE);
  EXPECT(info == NULL);
  EXPECT_MESSAGE("Feature name Foo is unknown. A Windows feature name was not recognized");
}

static void test_feature_parents(DismSession session) {
  DismFeature* parents = NULL;
  UINT count = 0;
  EXPECT_HR(DismGetFeatureParent(session, u"DirectPlay", NULL, DismPackageNone, &parents, &count),
            S_OK);
  EXPECT(count == 1 && same_text(parents->FeatureName, u"LegacyComponents"));
  EXPECT(count == 1 && parents->State == DismStateStaged);
  EXPECT_HR(DismDelete(parents), S_OK);
  parents = (DismFeature*)(void*)&count;
  EXPECT_HR(DismGetFeatureParent(session, u"TFTP", u"", DismPackageNone, &parents, &count), S_OK);
  EXPECT(count == 0 && parents == NULL);
  EXPECT_HR(DismGetFeatureParent(session, u"Foo", NULL, DismPackageNone, &parents, &count),
            DISMAPI_E_UNKNOWN_FEATURE);
}

static void test_capabilities(DismSession session) {
  DismCapability* capabilities = NULL;
  UINT count = 0;
  EXPECT_HR(DismGetCapabilities(session, &capabilities, &count), S_OK);
  EXPECT(count > 3);
  UINT of_state[3] = {0, 0, 0};
  for (UINT i = 0; i < count; ++i) {
    const DismCapability* capability = ELEMENT(DismCapability, capabilities, i);
    of_state[0] += capability->State == DismStateNotPresent;
    of_state[1] += capability->State == DismStateStaged;
    of_state[2] += capability->State == DismStateInstalled;
  }
  EXPECT(of_state[0] > 0 && of_state[1] > 0 && of_state[2] > 0);
  EXPECT(of_state[0] + of_state[1] + of_state[2] == count);
  EXPECT_HR(DismDelete(capabilities), S_OK);

  DismCapabilityInfo* info = NULL;
  EXPECT_HR(DismGetCapabilityInfo(session, u"OpenSSH.Client~~~~0.0.1.0", &info), S_OK);
  EXPECT(info != NULL && same_text(info->Name, u"OpenSSH.Client~~~~0.0.1.0"));
  EXPECT(info != NULL && info->State == DismStateInstalled);
  EXPECT(info != NULL && same_text(info->DisplayName, u"OpenSSH.Client"));
  EXPECT(info != NULL && same_text(info->Description, u"The capability OpenSSH.Client."));
  EXPECT_HR(DismDelete(info), S_OK);
  info = NULL;
  EXPECT_HR(DismGetCapabilityInfo(session, u"No.Such~~~~0.0.1.0", &info), E_INVALIDARG);
  EXPECT(info == NULL);
  EXPECT_MESSAGE("A Windows capability name was not recognized.");
}

int main(int count, char** arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: %s IMAGE\n", arguments[0]);
    return EXIT_FAILURE;
  }
  WCHAR image[path_units];
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismOpenSession(wide(arguments[1], image, path_units), NULL, NULL, &session), S_OK);
  test_packages(session);
  test_features(session);
  test_feature_info(session);
  test_feature_parents(session);
  test_capabilities(session);
  test_drivers(session);
  test_app_packages(session);
  test_editions(session);
  test_hives(session);
  test_health(session);
  EXPECT_HR(DismCloseSession(session), S_OK);
  EXPECT_HR(DismShutdown(), S_OK);
  return expect_result();
}
