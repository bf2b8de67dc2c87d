// SPDX-License-Identifier: Apache-2.0
// Eight threads open, use and close sessions, ask four of them everything, read their own messages,
// and shut down between.
// usage: c_threads IMAGE (a directory with a Windows installation)
#define _POSIX_C_SOURCE 200809L

#include <dismapi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "expect.h"

enum { thread_count = 8, rounds = 6, session_count = 4, question_rounds = 2, path_units = 4096 };

static WCHAR image[path_units];
static DismSession shared_session;
static DismSession sessions[session_count];
static atomic_int closes_that_worked;

static void* open_and_close(void* argument) {
  const unsigned number = *(const unsigned*)argument;
  for (int round = 0; round < rounds; ++round) {
    DismSession session = DISM_SESSION_DEFAULT;
    EXPECT_HR(DismOpenSession(image, NULL, NULL, &session), S_OK);
    DismDriverPackage* driver = NULL;
    UINT count = 0;
    EXPECT_HR(DismGetDrivers(session, FALSE, &driver, &count), S_OK);
    EXPECT(count == 2);
    EXPECT_HR(DismDelete(driver), S_OK);
    // Each thread reads the message of its own failure.
    char words[32];
    snprintf(words, sizeof words, "%u", 1000000 + number);
    EXPECT_HR(DismCloseSession(1000000 + number), DISMAPI_E_INVALID_DISM_SESSION);
    EXPECT_MESSAGE(words);
    EXPECT_HR(DismCloseSession(session), S_OK);
    EXPECT_HR(DismCloseSession(session), DISMAPI_E_INVALID_DISM_SESSION);
  }
  return NULL;
}

/// All use and close one session: one close works, and afterwards nothing works on it.
static void* use_the_shared_session(void* argument) {
  (void)argument;
  bool closed = false;
  for (int round = 0; round < 200; ++round) {
    DismPackage* package = NULL;
    UINT count = 0;
    const HRESULT result = DismGetPackages(shared_session, &package, &count);
    EXPECT(result == (closed ? DISMAPI_E_INVALID_DISM_SESSION : S_OK) ||
           (!closed && result == DISMAPI_E_INVALID_DISM_SESSION));
    EXPECT_HR(DismDelete(package), S_OK);  // also NULL
    closed = closed || result == DISMAPI_E_INVALID_DISM_SESSION;
    if (round == 100) {
      if (DismCloseSession(shared_session) == S_OK) {
        atomic_fetch_add(&closes_that_worked, 1);
      }
      closed = true;
    }
  }
  return NULL;
}

static atomic_uint steps;

static void CALLBACK count_step(UINT current, UINT total, PVOID user_data) {
  EXPECT(current <= total);
  atomic_fetch_add((atomic_uint*)user_data, 1);
}

/// Expects S_OK, and as many as every other thread has got.
#define EXPECT_LIST(call, list, count, counts, place)                          \
  do {                                                                         \
    unsigned before = 0;                                                       \
    EXPECT_HR(call, S_OK);                                                     \
    EXPECT((count) > 0);                                                       \
    if (!atomic_compare_exchange_strong(&(counts)[place], &before, (count))) { \
      EXPECT(before == (count));                                               \
    }                                                                          \
    EXPECT_HR(DismDelete(list), S_OK);                                         \
  } while (0)

static atomic_uint counts[6];

static void ask_lists(DismSession session) {
  UINT count = 0;
  DismPackage* packages = NULL;
  EXPECT_LIST(DismGetPackages(session, &packages, &count), packages, count, counts, 0);
  DismFeature* features = NULL;
  EXPECT_LIST(DismGetFeatures(session, NULL, DismPackageNone, &features, &count), features, count,
              counts, 1);
  DismCapability* capabilities = NULL;
  EXPECT_LIST(DismGetCapabilities(session, &capabilities, &count), capabilities, count, counts, 2);
  DismDriverPackage* drivers = NULL;
  EXPECT_LIST(DismGetDrivers(session, TRUE, &drivers, &count), drivers, count, counts, 3);
  DismAppxPackage* apps = NULL;
  EXPECT_LIST(DismGetProvisionedAppxPackages(session, &apps, &count), apps, count, counts, 4);
  DismString* editions = NULL;
  EXPECT_LIST(_DismGetTargetEditions(session, &editions, &count), editions, count, counts, 5);
}

static void ask_details(DismSession session) {
  UINT count = 0;
  DismFeatureInfo* feature = NULL;
  EXPECT_HR(DismGetFeatureInfo(session, u"TFTP", NULL, DismPackageNone, &feature), S_OK);
  EXPECT_HR(DismDelete(feature), S_OK);
  DismFeature* parents = NULL;
  EXPECT_HR(DismGetFeatureParent(session, u"DirectPlay", NULL, DismPackageNone, &parents, &count),
            S_OK);
  EXPECT_HR(DismDelete(parents), S_OK);
  DismCapabilityInfo* capability = NULL;
  EXPECT_HR(DismGetCapabilityInfo(session, u"OpenSSH.Client~~~~0.0.1.0", &capability), S_OK);
  EXPECT_HR(DismDelete(capability), S_OK);
  DismDriver* models = NULL;
  DismDriverPackage* driver = NULL;
  EXPECT_HR(DismGetDriverInfo(session, u"oem0.inf", &models, &count, &driver), S_OK);
  EXPECT_HR(DismDelete(models), S_OK);
  EXPECT_HR(DismDelete(driver), S_OK);
  DismString* edition = NULL;
  EXPECT_HR(_DismGetCurrentEdition(session, &edition), S_OK);
  EXPECT_HR(DismDelete(edition), S_OK);
  EXPECT_HR(_DismValidateProductKey(session, u"no key"), DISMAPI_E_UNKNOWN_PRODUCT);
  DismPackageInfoEx* package = NULL;
  EXPECT_HR(DismGetPackageInfoEx(session, u"no~package", DismPackageName, &package),
            DISMAPI_E_INVALID_PACKAGE);
  EXPECT_MESSAGE("no~package");
}

/// Two threads a session ask everything.
static void* ask_everything(void* argument) {
  const DismSession session = sessions[*(const unsigned*)argument % session_count];
  for (int round = 0; round < question_rounds; ++round) {
    ask_lists(session);
    ask_details(session);
    DismImageHealthState health = DismImageNonRepairable;
    EXPECT_HR(DismCheckImageHealth(session, TRUE, NULL, count_step, &steps, &health), S_OK);
    EXPECT(health == DismImageHealthy);
  }
  return NULL;
}

/// The library comes and goes under these calls; each gives one of the documented results.
static void* initialize_and_shut_down(void* argument) {
  const unsigned number = *(const unsigned*)argument;
  for (int round = 0; round < 100; ++round) {
    if (number % 2 == 0) {
      const HRESULT up = DismInitialize(DismLogErrors, NULL, NULL);
      EXPECT(up == S_OK || up == DISMAPI_E_DISMAPI_ALREADY_INITIALIZED);
      const HRESULT down = DismShutdown();
      EXPECT(down == S_OK || down == DISMAPI_E_DISMAPI_NOT_INITIALIZED ||
             down == DISMAPI_E_SHUTDOWN_IN_PROGRESS);
    } else {
      DismSession session = DISM_SESSION_DEFAULT;
      const HRESULT result = DismOpenSession(DISM_ONLINE_IMAGE, NULL, NULL, &session);
      EXPECT(result == HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED) ||
             result == DISMAPI_E_DISMAPI_NOT_INITIALIZED ||
             result == DISMAPI_E_SHUTDOWN_IN_PROGRESS);
      EXPECT(session == DISM_SESSION_DEFAULT);
    }
  }
  return NULL;
}

static void run(void* (*work)(void*)) {
  pthread_t threads[thread_count];
  unsigned numbers[thread_count];
  for (unsigned i = 0; i < thread_count; ++i) {
    numbers[i] = i;
    EXPECT(pthread_create(&threads[i], NULL, work, &numbers[i]) == 0);
  }
  for (unsigned i = 0; i < thread_count; ++i) {
    EXPECT(pthread_join(threads[i], NULL) == 0);
  }
}

int main(int count, char** arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: %s IMAGE\n", arguments[0]);
    return EXIT_FAILURE;
  }
  wide(arguments[1], image, path_units);

  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  run(open_and_close);
  // No call of this thread has failed, so it has no message, whatever the others met.
  DismString* message = NULL;
  EXPECT_HR(DismGetLastErrorMessage(&message), HRESULT_FROM_WIN32(ERROR_NOT_FOUND));
  EXPECT(message == NULL);

  for (int i = 0; i < session_count; ++i) {
    EXPECT_HR(DismOpenSession(image, NULL, NULL, &sessions[i]), S_OK);
  }
  run(ask_everything);
  EXPECT(atomic_load(&steps) >= 2U * thread_count * question_rounds);
  for (int i = 0; i < session_count; ++i) {
    EXPECT_HR(DismCloseSession(sessions[i]), S_OK);
  }

  EXPECT_HR(DismOpenSession(image, NULL, NULL, &shared_session), S_OK);
  run(use_the_shared_session);
  EXPECT(atomic_load(&closes_that_worked) == 1);
  EXPECT_HR(DismShutdown(), S_OK);

  run(initialize_and_shut_down);
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismShutdown(), S_OK);
  return expect_result();
}
