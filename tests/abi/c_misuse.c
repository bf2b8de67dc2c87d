// SPDX-License-Identifier: Apache-2.0
// Misuse of the library as a whole: wrong order, wrong arguments, wrong memory.
#include "c_misuse.h"

#include <stdio.h>
#include <string.h>

#include "every_function.h"
#include "expect.h"

void test_before_initialize(void) {
  DismString* message = (DismString*)(void*)&message;
  EXPECT_HR(DismGetLastErrorMessage(&message), DISMAPI_E_DISMAPI_NOT_INITIALIZED);
  EXPECT(message == NULL);
  EXPECT_HR(DismGetLastErrorMessage(NULL), DISMAPI_E_DISMAPI_NOT_INITIALIZED);
  EXPECT_HR(DismDelete(NULL), DISMAPI_E_DISMAPI_NOT_INITIALIZED);
  EXPECT_HR(DismShutdown(), DISMAPI_E_DISMAPI_NOT_INITIALIZED);
  // Shutdown, Delete and GetLastErrorMessage have left no message.
  EXPECT_HR(DismGetLastErrorMessage(&message), DISMAPI_E_DISMAPI_NOT_INITIALIZED);

  size_t count = 0;
  const struct FunctionRow* rows = every_function(&count);
  for (size_t i = 0; i < count; ++i) {
    if (strcmp(rows[i].name, "DismInitialize") == 0 ||
        strcmp(rows[i].name, "DismGetLastErrorMessage") == 0) {
      continue;
    }
    expect_hr_at(__FILE__, __LINE__, rows[i].name, rows[i].call(2),
                 DISMAPI_E_DISMAPI_NOT_INITIALIZED);
  }
  // Why a call failed can be read all the same, and the text can be freed.
  EXPECT_MESSAGE("DismInitialize");
}

static void test_log_file(const char* folder) {
  char path[4096];
  WCHAR buffer[4096];
  snprintf(path, sizeof path, "%s/dism.log", folder);
  EXPECT_HR(DismInitialize(DismLogErrorsWarningsInfo, wide(path, buffer, 4096), NULL), S_OK);
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismOpenSession(u"no such\nimage", NULL, NULL, &session),
            HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND));
  EXPECT_HR(DismShutdown(), S_OK);

  FILE* log = fopen(path, "r");
  EXPECT(log != NULL);
  if (log == NULL) {
    return;
  }
  char text[8192];
  text[fread(text, 1, sizeof text - 1, log)] = '\0';
  fclose(log);
  EXPECT(strstr(text, "DismInitialize") != NULL);
  EXPECT(strstr(text, ", Error ") != NULL);
  EXPECT(strstr(text, "DismOpenSession failed with 0x80070002") != NULL);
  EXPECT(strstr(text, "DismShutdown") != NULL);
  size_t lines = 0;
  for (const char* at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n')) {
    ++lines;
  }
  EXPECT(lines == 3);  // the line break in the name has not become one of the log

  snprintf(path, sizeof path, "%s/no such folder/dism.log", folder);
  EXPECT_HR(DismInitialize(DismLogErrors, wide(path, buffer, 4096), NULL),
            DISMAPI_E_LOGGING_DISABLED);
  EXPECT_MESSAGE("dism.log");
  // It is initialized for all that.
  EXPECT_HR(DismDelete(NULL), S_OK);
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), DISMAPI_E_DISMAPI_ALREADY_INITIALIZED);
  EXPECT_HR(DismShutdown(), S_OK);
}

void test_library_life(const char* folder) {
  EXPECT_HR(DismInitialize((DismLogLevel)4, NULL, NULL), E_INVALIDARG);
  EXPECT_MESSAGE("LogLevel");
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, u"\xD800"), E_INVALIDARG);
  EXPECT_MESSAGE("ScratchDirectory");
  EXPECT_HR(DismShutdown(), DISMAPI_E_DISMAPI_NOT_INITIALIZED);

  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), DISMAPI_E_DISMAPI_ALREADY_INITIALIZED);
  EXPECT_MESSAGE("already initialized");
  EXPECT_HR(DismShutdown(), S_OK);
  EXPECT_HR(DismShutdown(), DISMAPI_E_DISMAPI_NOT_INITIALIZED);
  EXPECT_MESSAGE("already initialized");  // DismShutdown leaves no message

  EXPECT_HR(DismInitialize(DismLogErrorsWarningsInfoDebug, u"", u""), S_OK);
  EXPECT_HR(DismShutdown(), S_OK);
  test_log_file(folder);
}

static void test_null_out_parameters(DismSession session) {
  UINT count = 7;
  DismPackage* package = NULL;
  EXPECT_HR(DismOpenSession(u"x", NULL, NULL, NULL), E_INVALIDARG);
  EXPECT_MESSAGE("Session is NULL");
  EXPECT_HR(DismGetLastErrorMessage(NULL), E_INVALIDARG);
  EXPECT_HR(DismGetImageInfo(u"x", NULL, &count), E_INVALIDARG);
  EXPECT(count == 0);
  EXPECT_HR(DismGetMountedImageInfo(NULL, &count), E_INVALIDARG);
  EXPECT_HR(DismGetPackages(session, &package, NULL), E_INVALIDARG);
  EXPECT_MESSAGE("Count is NULL");
  EXPECT_HR(DismGetPackages(session, NULL, &count), E_INVALIDARG);
  EXPECT_MESSAGE("Package is NULL");
  EXPECT_HR(DismCheckImageHealth(session, FALSE, NULL, NULL, NULL, NULL), E_INVALIDARG);
  EXPECT_HR(DismGetReservedStorageState(session, NULL), E_INVALIDARG);
  EXPECT_HR(_DismGetCurrentEdition(session, NULL), E_INVALIDARG);
  // The driver's package is optional.
  DismDriver* driver = NULL;
  EXPECT_HR(DismGetDriverInfo(session, u"oem0.inf", &driver, &count, NULL), S_OK);
  EXPECT_HR(DismDelete(driver), S_OK);
}

static void test_wrong_values(DismSession session) {
  DismPackageInfo* info = NULL;
  DismFeature* feature = NULL;
  DismString* string = NULL;
  UINT count = 0;
  EXPECT_HR(DismGetPackageInfo(session, NULL, DismPackageName, &info), E_INVALIDARG);
  EXPECT_MESSAGE("Identifier is NULL");
  EXPECT_HR(DismGetPackageInfo(session, u"", DismPackageName, &info), E_INVALIDARG);
  EXPECT_MESSAGE("Identifier is empty");
  EXPECT_HR(DismGetPackageInfo(session, u"x", DismPackageNone, &info), E_INVALIDARG);
  EXPECT_MESSAGE("DismPackageNone");
  EXPECT_HR(DismGetPackageInfo(session, u"x", (DismPackageIdentifier)3, &info), E_INVALIDARG);
  EXPECT_HR(DismGetFeatures(session, u"x", DismPackageNone, &feature, &count), E_INVALIDARG);
  EXPECT_HR(DismGetFeatures(session, NULL, (DismPackageIdentifier)99, &feature, &count), S_OK);
  EXPECT_HR(DismDelete(feature), S_OK);
  EXPECT_HR(_DismGetRegistryMountPoint(session, (DismRegistryHive)8, &string), E_INVALIDARG);
  EXPECT_HR(_DismGetRegistryMountPoint(session, (DismRegistryHive)-1, &string), E_INVALIDARG);
  EXPECT_HR(DismSetReservedStorageState(session, 2), E_INVALIDARG);
  EXPECT_HR(DismRestoreImageHealth(session, NULL, 1, TRUE, NULL, NULL, NULL), E_INVALIDARG);
  EXPECT_HR(DismMountImage(u"x", u"y", 0, NULL, DismImageName, 0, NULL, NULL, NULL), E_INVALIDARG);
  EXPECT_HR(DismMountImage(u"x", u"y", 0, u"z", (DismImageIdentifier)3, 0, NULL, NULL, NULL),
            E_INVALIDARG);
  EXPECT_HR(DismCleanupMountpoints(), S_OK);
}

/// Where a call is wrong in several ways, the documented order decides.
static void test_order_of_checks(DismSession session) {
  DismPackageInfo* info = NULL;
  const DismSession closed = session + 1000;
  EXPECT_HR(DismGetPackageInfo(closed, NULL, (DismPackageIdentifier)9, NULL), E_INVALIDARG);
  EXPECT_MESSAGE("PackageInfo is NULL");
  EXPECT_HR(DismGetPackageInfo(closed, NULL, (DismPackageIdentifier)9, &info), E_INVALIDARG);
  EXPECT_MESSAGE("Identifier is NULL");
  EXPECT_HR(DismGetPackageInfo(closed, u"x", (DismPackageIdentifier)9, &info),
            DISMAPI_E_INVALID_DISM_SESSION);
  EXPECT_HR(DismGetPackageInfo(session, u"x", (DismPackageIdentifier)9, &info), E_INVALIDARG);
  EXPECT_MESSAGE("PackageIdentifier");
}

void test_misuse(PCWSTR image) {
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismOpenSession(image, NULL, NULL, &session), S_OK);
  EXPECT_HR(DismShutdown(), DISMAPI_E_OPEN_SESSION_HANDLES);
  test_null_out_parameters(session);
  test_wrong_values(session);
  test_order_of_checks(session);
  EXPECT_HR(DismCloseSession(session), S_OK);
  EXPECT_HR(DismCloseSession(session), DISMAPI_E_INVALID_DISM_SESSION);
  EXPECT_HR(DismCloseSession(DISM_SESSION_DEFAULT), DISMAPI_E_INVALID_DISM_SESSION);
  EXPECT_HR(DismCloseSession(0xFFFFFFFFU), DISMAPI_E_INVALID_DISM_SESSION);
  EXPECT_HR(DismShutdown(), S_OK);
}

void test_table(PCWSTR image) {
  DismSession session = DISM_SESSION_DEFAULT;
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismOpenSession(image, NULL, NULL, &session), S_OK);
  size_t count = 0;
  const struct FunctionRow* rows = every_function(&count);
  for (size_t i = 0; i < count; ++i) {
    if (rows[i].state == state_implemented) {
      continue;
    }
    char message[256];
    snprintf(message, sizeof message,
             rows[i].state == state_not_built ? "%s is not built yet in this version"
                                              : "read-only engine: %s is not available",
             rows[i].name);
    expect_hr_at(__FILE__, __LINE__, rows[i].name, rows[i].call(session),
                 HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
    expect_exact_message_at(__FILE__, __LINE__, message);
  }
  EXPECT_HR(DismCloseSession(session), S_OK);
  for (size_t i = 0; i < count; ++i) {
    if (rows[i].has_session) {
      expect_hr_at(__FILE__, __LINE__, rows[i].name, rows[i].call(session),
                   DISMAPI_E_INVALID_DISM_SESSION);
    }
  }
  EXPECT_HR(DismShutdown(), S_OK);
}

void test_memory(void) {
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismDelete(NULL), S_OK);
  int not_ours = 0;
  EXPECT_HR(DismDelete(&not_ours), E_INVALIDARG);

  EXPECT_HR(DismCloseSession(99), DISMAPI_E_INVALID_DISM_SESSION);
  EXPECT_MESSAGE("99");
  DismString* message = NULL;
  DismString* again = NULL;
  EXPECT_HR(DismGetLastErrorMessage(&message), S_OK);
  EXPECT_HR(DismGetLastErrorMessage(&again), S_OK);
  EXPECT(message != again);
  EXPECT(message->Value[0] != 0);
  EXPECT_HR(DismDelete((void*)(uintptr_t)message->Value), E_INVALIDARG);  // inside, not the answer
  EXPECT_HR(DismDelete(message), S_OK);
  EXPECT_HR(DismDelete(message), E_INVALIDARG);
  EXPECT_HR(DismShutdown(), S_OK);
  // What was handed out outlives the shutdown.
  EXPECT(again->Value[0] != 0);
  EXPECT_HR(DismDelete(again), S_OK);
  EXPECT_HR(DismDelete(again), DISMAPI_E_DISMAPI_NOT_INITIALIZED);
}
