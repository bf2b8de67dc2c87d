// SPDX-License-Identifier: Apache-2.0
// Drivers, apps, editions, hives and health, asked by a C program.
#include <stdbool.h>

#include "c_questions.h"
#include "expect.h"
#include "wide_text.h"

static void expect_store_driver(const DismDriverPackage* driver) {
  EXPECT(same_text(driver->PublishedName, u"oem0.inf"));
  EXPECT(driver->InBox == FALSE);
  EXPECT(same_text(driver->ClassName, u"SCSIAdapter"));
  EXPECT(same_text(driver->ClassGuid, u"{4D36E97B-E325-11CE-BFC1-08002BE10318}"));
  EXPECT(same_text(driver->ProviderName, u"Example Devices"));
  EXPECT(same_text(driver->CatalogFile, u"casestor.cat"));
  EXPECT(driver->MajorVersion == 1 && driver->MinorVersion == 2 && driver->Build == 3 &&
         driver->Revision == 4);
  // A date without a zone, whatever the zone of this machine.
  EXPECT(driver->Date.wYear == 2023 && driver->Date.wMonth == 4 && driver->Date.wDay == 17);
  EXPECT(driver->ClassDescription != NULL && driver->OriginalFileName[0] != 0);
}

void test_drivers(DismSession session) {
  DismDriverPackage* third_party = NULL;
  DismDriverPackage* all = NULL;
  UINT third_party_count = 0;
  UINT all_count = 0;
  EXPECT_HR(DismGetDrivers(session, FALSE, &third_party, &third_party_count), S_OK);
  EXPECT_HR(DismGetDrivers(session, TRUE, &all, &all_count), S_OK);
  EXPECT(third_party_count == 2 && all_count > third_party_count);
  if (third_party_count == 2) {
    expect_store_driver(&third_party[0]);
    EXPECT(same_text(third_party[1].PublishedName, u"oem1.inf"));
  }
  UINT inbox = 0;
  for (UINT i = 0; i < all_count; ++i) {
    inbox += all[i].InBox != FALSE;
  }
  EXPECT(inbox == all_count - third_party_count);

  DismDriver* models = NULL;
  UINT count = 0;
  DismDriverPackage* package = NULL;
  const PCWSTR names[] = {u"oem0.inf", u"OEM0.INF",
                          third_party_count == 2 ? third_party[0].OriginalFileName : u""};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    EXPECT_HR(DismGetDriverInfo(session, names[i], &models, &count, &package), S_OK);
    EXPECT(package != NULL && same_text(package->PublishedName, u"oem0.inf"));
    EXPECT(count == 1 && same_text(models->HardwareDescription, u"Example storage controller"));
    EXPECT(count == 1 && same_text(models->HardwareId, u"PCI\\VEN_1AF4&DEV_1001"));
    EXPECT(count == 1 && same_text(models->CompatibleIds, u"PCI\\CC_010000"));
    EXPECT(count == 1 && same_text(models->ServiceName, u"casestor"));
    EXPECT(count == 1 && models->Architecture == 9);
    // Each is an answer of its own.
    EXPECT_HR(DismDelete(models), S_OK);
    EXPECT_HR(DismDelete(package), S_OK);
  }
  EXPECT_HR(DismGetDriverInfo(session, u"acpi.inf", &models, &count, NULL), S_OK);
  EXPECT_HR(DismDelete(models), S_OK);
  EXPECT_HR(DismGetDriverInfo(session, u"oem77.inf", &models, &count, &package),
            HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
  EXPECT(models == NULL && count == 0 && package == NULL);
  EXPECT_MESSAGE("oem77.inf");
  EXPECT_HR(DismDelete(third_party), S_OK);
  EXPECT_HR(DismDelete(all), S_OK);
}

void test_app_packages(DismSession session) {
  for (int other_name = 0; other_name < 2; ++other_name) {
    DismAppxPackage* apps = NULL;
    UINT count = 0;
    EXPECT_HR((other_name ? _DismGetProvisionedAppxPackages : DismGetProvisionedAppxPackages)(
                  session, &apps, &count),
              S_OK);
    bool music = false;
    for (UINT i = 0; i < count; ++i) {
      EXPECT(!begins_with(apps[i].PackageName, u"Microsoft.VCLibs"));  // a framework
      if (same_text(apps[i].DisplayName, u"Microsoft.ZuneMusic")) {
        music = same_text(apps[i].PackageName,
                          u"Microsoft.ZuneMusic_2019.6.25071.0_neutral_~_8wekyb3d8bbwe") &&
                same_text(apps[i].PublisherId, u"8wekyb3d8bbwe") &&
                same_text(apps[i].ResourceId, u"~") && apps[i].MajorVersion == 2019 &&
                apps[i].MinorVersion == 6 && apps[i].Build == 25071 &&
                apps[i].RevisionNumber == 0 && apps[i].Architecture == 11;
      }
    }
    EXPECT(music);
    EXPECT_HR(DismDelete(apps), S_OK);
  }
}

void test_editions(DismSession session) {
  DismString* edition = NULL;
  EXPECT_HR(_DismGetCurrentEdition(session, &edition), S_OK);
  EXPECT(edition != NULL && same_text(edition->Value, u"Professional"));
  EXPECT_HR(DismDelete(edition), S_OK);
  DismString* targets = NULL;
  UINT count = 0;
  EXPECT_HR(_DismGetTargetEditions(session, &targets, &count), S_OK);
  bool enterprise = false;
  for (UINT i = 0; i < count; ++i) {
    EXPECT(!same_text(targets[i].Value, u"Professional"));
    enterprise = enterprise || same_text(targets[i].Value, u"Enterprise");
  }
  EXPECT(enterprise);
  EXPECT_HR(DismDelete(targets), S_OK);

  DismString* channel = NULL;
  EXPECT_HR(_DismGetProductKeyInfo(session, u"no key", &edition, &channel),
            DISMAPI_E_UNKNOWN_PRODUCT);
  EXPECT(edition == NULL && channel == NULL);
  EXPECT_HR(_DismValidateProductKey(session, u"no key"), DISMAPI_E_UNKNOWN_PRODUCT);
}

void test_hives(DismSession session) {
  const struct {
    DismRegistryHive hive;
    const char* words;
  } hives[] = {{DismRegistryHiveSoftware, "/Windows/System32/config/SOFTWARE"},
               {DismRegistryHiveSystem, "/Windows/System32/config/SYSTEM"},
               {DismRegistryHiveCurrentUser, "NTUSER.DAT"},
               {DismRegistryHiveDrivers, "DRIVERS"}};
  for (size_t i = 0; i < sizeof hives / sizeof hives[0]; ++i) {
    DismString* place = (DismString*)(void*)&place;
    EXPECT_HR(_DismGetRegistryMountPoint(session, hives[i].hive, &place),
              HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
    EXPECT(place == NULL);
    EXPECT_MESSAGE(hives[i].words);
  }
}

struct Steps {
  DismSession session;
  HANDLE cancel;  // set at the first step; NULL: not
  UINT first;
  UINT last;
  UINT calls;
};

static void CALLBACK count_steps(UINT current, UINT total, PVOID user_data) {
  struct Steps* steps = user_data;
  steps->first = steps->calls == 0 ? current : steps->first;
  EXPECT(current > steps->last || steps->calls == 0);
  EXPECT(total == 1000 && current <= total);
  steps->last = current;
  if (steps->calls++ == 0) {
    // A callback may ask its own session, but not close it.
    DismString* edition = NULL;
    EXPECT_HR(_DismGetCurrentEdition(steps->session, &edition), S_OK);
    EXPECT_HR(DismDelete(edition), S_OK);
    EXPECT_HR(DismCloseSession(steps->session), DISMAPI_E_BUSY);
    if (steps->cancel != NULL) {
      EXPECT_HR(DismxSetCancelEvent(steps->cancel), S_OK);
    }
  }
}

void test_health(DismSession session) {
  DismImageHealthState health = DismImageNonRepairable;
  struct Steps steps = {.session = session};
  EXPECT_HR(DismCheckImageHealth(session, FALSE, NULL, count_steps, &steps, &health), S_OK);
  EXPECT(health == DismImageHealthy);
  EXPECT(steps.calls == 0);

  health = DismImageNonRepairable;
  EXPECT_HR(DismCheckImageHealth(session, TRUE, NULL, count_steps, &steps, &health), S_OK);
  EXPECT(health == DismImageHealthy);
  EXPECT(steps.calls > 1 && steps.first == 50 && steps.last == 1000);
  EXPECT_HR(DismCheckImageHealth(session, TRUE, NULL, NULL, NULL, &health), S_OK);

  // Stopped by the callback, and a second time before it begins.
  HANDLE event = NULL;
  EXPECT_HR(DismxCreateCancelEvent(NULL), E_INVALIDARG);
  EXPECT_HR(DismxCreateCancelEvent(&event), S_OK);
  struct Steps stopped = {.session = session, .cancel = event};
  health = DismImageRepairable;
  for (int again = 0; again < 2; ++again) {
    EXPECT_HR(DismCheckImageHealth(session, TRUE, event, count_steps, &stopped, &health),
              HRESULT_FROM_WIN32(ERROR_REQUEST_ABORTED));
    EXPECT(health == DismImageRepairable);
    EXPECT(stopped.last < 1000);
    stopped.calls = 0;
  }
  EXPECT_HR(DismxCloseCancelEvent(event), S_OK);
  EXPECT_HR(DismxCloseCancelEvent(event), E_INVALIDARG);
  EXPECT_HR(DismxSetCancelEvent(event), E_INVALIDARG);
  // A handle that is no event of this library is not looked at.
  EXPECT_HR(DismCheckImageHealth(session, TRUE, &event, NULL, NULL, &health), S_OK);

  DWORD state = 7;
  const HRESULT reserved = DismGetReservedStorageState(session, &state);
  EXPECT((reserved == S_OK && state <= DISM_RESERVED_STORAGE_ENABLED) ||
         (reserved == HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED) && state == 7));
}
