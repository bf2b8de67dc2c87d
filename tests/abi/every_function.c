// SPDX-License-Identifier: Apache-2.0
// One well-formed call of each function. A row of the table without one does not compile.
#include "every_function.h"

#include "expect.h"

static const PCWSTR text = u"text";
static char place;  // what out pointers point at before a call

// A call that has `type* answer` and `UINT count` for its out parameters, and fails.
#define LISTING(name, type, ...)                    \
  static HRESULT call_##name(DismSession session) { \
    (void)session;                                  \
    type* answer = (type*)(void*)&place;            \
    UINT count = 7;                                 \
    const HRESULT result = name(__VA_ARGS__);       \
    EXPECT(FAILED(result));                         \
    EXPECT(answer == NULL);                         \
    EXPECT(count == 0);                             \
    return result;                                  \
  }
// The same with `answer` alone.
#define ANSWERING(name, type, ...)                  \
  static HRESULT call_##name(DismSession session) { \
    (void)session;                                  \
    type* answer = (type*)(void*)&place;            \
    const HRESULT result = name(__VA_ARGS__);       \
    EXPECT(FAILED(result));                         \
    EXPECT(answer == NULL);                         \
    return result;                                  \
  }
// The same without out pointers.
#define CALLING(name, ...)                          \
  static HRESULT call_##name(DismSession session) { \
    (void)session;                                  \
    return name(__VA_ARGS__);                       \
  }

static HRESULT call_DismInitialize(DismSession session) {
  (void)session;
  return DismInitialize(DismLogErrors, NULL, NULL);
}

static HRESULT call_DismShutdown(DismSession session) {
  (void)session;
  return DismShutdown();
}

static HRESULT call_DismOpenSession(DismSession session) {
  (void)session;
  DismSession opened = 0xFFFFFFFFU;
  const HRESULT result = DismOpenSession(DISM_ONLINE_IMAGE, NULL, NULL, &opened);
  EXPECT(opened == DISM_SESSION_DEFAULT);
  return result;
}

static HRESULT call_DismGetLastErrorMessage(DismSession session) {
  (void)session;
  DismString* message = (DismString*)(void*)&place;
  const HRESULT result = DismGetLastErrorMessage(&message);
  EXPECT((result == S_OK) == (message != NULL));
  if (result == S_OK) {
    EXPECT_HR(DismDelete(message), S_OK);
  }
  return result;
}

static HRESULT call_DismCheckImageHealth(DismSession session) {
  DismImageHealthState health = DismImageRepairable;
  const HRESULT result = DismCheckImageHealth(session, FALSE, NULL, NULL, NULL, &health);
  EXPECT(health == DismImageRepairable);  // a failure must not look like health
  return result;
}

static HRESULT call_DismGetReservedStorageState(DismSession session) {
  DWORD state = 7;
  const HRESULT result = DismGetReservedStorageState(session, &state);
  EXPECT(state == 7);
  return result;
}

static HRESULT call_DismGetDriverInfo(DismSession session) {
  DismDriver* driver = (DismDriver*)(void*)&place;
  UINT count = 7;
  DismDriverPackage* package = (DismDriverPackage*)(void*)&place;
  const HRESULT result = DismGetDriverInfo(session, text, &driver, &count, &package);
  EXPECT(driver == NULL && count == 0 && package == NULL);
  return result;
}

static HRESULT call__DismGetProductKeyInfo(DismSession session) {
  DismString* edition = (DismString*)(void*)&place;
  DismString* channel = (DismString*)(void*)&place;
  const HRESULT result = _DismGetProductKeyInfo(session, text, &edition, &channel);
  EXPECT(edition == NULL && channel == NULL);
  return result;
}

static HRESULT call_DismxCreateCancelEvent(DismSession session) {
  (void)session;
  HANDLE event = &place;
  const HRESULT result = DismxCreateCancelEvent(&event);
  EXPECT((result == S_OK) == (event != NULL));
  return result;
}

static HRESULT call_DismCleanupMountpoints(DismSession session) {
  (void)session;
  return DismCleanupMountpoints();
}

CALLING(DismCloseSession, session)
CALLING(DismDelete, &place)
LISTING(DismGetImageInfo, DismImageInfo, text, &answer, &count)
LISTING(DismGetMountedImageInfo, DismMountedImageInfo, &answer, &count)
LISTING(DismGetPackages, DismPackage, session, &answer, &count)
ANSWERING(DismGetPackageInfo, DismPackageInfo, session, text, DismPackageName, &answer)
ANSWERING(DismGetPackageInfoEx, DismPackageInfoEx, session, text, DismPackageName, &answer)
ANSWERING(_DismGetPackageInfoEx, DismPackageInfoEx, session, text, DismPackagePath, &answer)
LISTING(DismGetFeatures, DismFeature, session, u"", DismPackageNone, &answer, &count)
ANSWERING(DismGetFeatureInfo, DismFeatureInfo, session, text, NULL, DismPackageNone, &answer)
LISTING(DismGetFeatureParent, DismFeature, session, text, NULL, DismPackageNone, &answer, &count)
LISTING(DismGetDrivers, DismDriverPackage, session, TRUE, &answer, &count)
LISTING(DismGetCapabilities, DismCapability, session, &answer, &count)
ANSWERING(DismGetCapabilityInfo, DismCapabilityInfo, session, text, &answer)
LISTING(DismGetProvisionedAppxPackages, DismAppxPackage, session, &answer, &count)
LISTING(_DismGetProvisionedAppxPackages, DismAppxPackage, session, &answer, &count)
ANSWERING(_DismGetCurrentEdition, DismString, session, &answer)
LISTING(_DismGetTargetEditions, DismString, session, &answer, &count)
ANSWERING(_DismGetRegistryMountPoint, DismString, session, DismRegistryHiveSystem, &answer)
CALLING(_DismValidateProductKey, session, text)
CALLING(DismMountImage, text, text, 1, NULL, DismImageIndex, DISM_MOUNT_READONLY, NULL, NULL, NULL)
CALLING(DismUnmountImage, text, DISM_DISCARD_IMAGE, NULL, NULL, NULL)
CALLING(DismRemountImage, text)
CALLING(DismxSetCancelEvent, &place)
CALLING(DismxCloseCancelEvent, &place)
CALLING(DismCommitImage, session, DISM_COMMIT_IMAGE, NULL, NULL, NULL)
CALLING(DismRestoreImageHealth, session, NULL, 0, TRUE, NULL, NULL, NULL)
CALLING(DismAddPackage, session, text, FALSE, FALSE, NULL, NULL, NULL)
CALLING(DismRemovePackage, session, text, DismPackageName, NULL, NULL, NULL)
CALLING(DismEnableFeature, session, text, NULL, DismPackageNone, TRUE, NULL, 0, FALSE, NULL, NULL,
        NULL)
CALLING(DismDisableFeature, session, text, NULL, FALSE, NULL, NULL, NULL)
CALLING(DismApplyUnattend, session, text, TRUE)
CALLING(DismAddDriver, session, text, FALSE)
CALLING(DismRemoveDriver, session, text)
CALLING(DismAddCapability, session, text, TRUE, NULL, 0, NULL, NULL, NULL)
CALLING(DismRemoveCapability, session, text, NULL, NULL, NULL)
CALLING(DismSetReservedStorageState, session, DISM_RESERVED_STORAGE_ENABLED)
CALLING(DismAddProvisionedAppxPackage, session, text, NULL, 0, NULL, 0, NULL, 0, TRUE, NULL, NULL,
        DismStubPackageOptionNone)
CALLING(_DismAddProvisionedAppxPackage, session, text, NULL, 0, NULL, 0, NULL, 0, TRUE, NULL, NULL,
        DismStubPackageOptionInstallStub)
CALLING(DismRemoveProvisionedAppxPackage, session, text)
CALLING(_DismRemoveProvisionedAppxPackage, session, text)
CALLING(_DismSetEdition, session, text, NULL, NULL, NULL, NULL)
CALLING(_DismSetProductKey, session, text)
CALLING(_DismApplyFfuImage, text, text, NULL)
CALLING(_DismSplitFfuImage, text, text, 1024)

/// The functions of the API that belong to no session.
static bool takes_session(HRESULT (*call)(DismSession)) {
  HRESULT (*const sessionless[])(DismSession) = {call_DismInitialize,
                                                 call_DismShutdown,
                                                 call_DismOpenSession,
                                                 call_DismGetLastErrorMessage,
                                                 call_DismDelete,
                                                 call_DismGetImageInfo,
                                                 call_DismGetMountedImageInfo,
                                                 call_DismMountImage,
                                                 call_DismUnmountImage,
                                                 call_DismRemountImage,
                                                 call_DismCleanupMountpoints,
                                                 call_DismxCreateCancelEvent,
                                                 call_DismxSetCancelEvent,
                                                 call_DismxCloseCancelEvent,
                                                 call__DismApplyFfuImage,
                                                 call__DismSplitFfuImage};
  for (size_t i = 0; i < sizeof sessionless / sizeof sessionless[0]; ++i) {
    if (call == sessionless[i]) {
      return false;
    }
  }
  return true;
}

#define ROW(name, state) {#name, state_##state, true, call_##name},
static struct FunctionRow rows[] = {DISMAPI_FUNCTION_TABLE(ROW)};
#undef ROW

const struct FunctionRow* every_function(size_t* count) {
  *count = sizeof rows / sizeof rows[0];
  for (size_t i = 0; i < *count; ++i) {
    rows[i].has_session = takes_session(rows[i].call);
  }
  return rows;
}
