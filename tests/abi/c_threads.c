// SPDX-License-Identifier: Apache-2.0
// Eight threads open, use and close sessions, read their own messages, and shut down between.
// usage: c_threads IMAGE (a directory with a Windows installation)
#define _POSIX_C_SOURCE 200809L

#include <dismapi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "expect.h"

enum { thread_count = 8, rounds = 6, path_units = 4096 };

static WCHAR image[path_units];
static DismSession shared_session;
static atomic_int closes_that_worked;

static void* open_and_close(void* argument) {
  const unsigned number = *(const unsigned*)argument;
  for (int round = 0; round < rounds; ++round) {
    DismSession session = DISM_SESSION_DEFAULT;
    EXPECT_HR(DismOpenSession(image, NULL, NULL, &session), S_OK);
    DismFeature* feature = NULL;
    UINT count = 0;
    EXPECT_HR(DismGetFeatures(session, NULL, DismPackageNone, &feature, &count),
              HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED));
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
    EXPECT(result == (closed ? DISMAPI_E_INVALID_DISM_SESSION
                             : HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED)) ||
           (!closed && result == DISMAPI_E_INVALID_DISM_SESSION));
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

  EXPECT_HR(DismOpenSession(image, NULL, NULL, &shared_session), S_OK);
  run(use_the_shared_session);
  EXPECT(atomic_load(&closes_that_worked) == 1);
  EXPECT_HR(DismShutdown(), S_OK);

  run(initialize_and_shut_down);
  EXPECT_HR(DismInitialize(DismLogErrors, NULL, NULL), S_OK);
  EXPECT_HR(DismShutdown(), S_OK);
  return expect_result();
}
