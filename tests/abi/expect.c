// SPDX-License-Identifier: Apache-2.0
// Counting and printing of expectations.
#include "expect.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { message_size = 8192 };

static atomic_int checks;
static atomic_int failures;

void expect_failed(const char* file, int line, const char* what, const char* found) {
  atomic_fetch_add(&failures, 1);
  fprintf(stderr, "%s:%d: %s: %s\n", file, line, what, found);
}

int expect_result(void) {
  printf("%d expectations, %d failed\n", atomic_load(&checks), atomic_load(&failures));
  return atomic_load(&failures) == 0 && atomic_load(&checks) > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

void expect_true_at(const char* file, int line, const char* text, bool held) {
  atomic_fetch_add(&checks, 1);
  if (!held) {
    expect_failed(file, line, text, "does not hold");
  }
}

/// This thread's last message with '?' for what is not ASCII; "" when there is none.
static void last_message(char* text, size_t size) {
  DismString* message = NULL;
  text[0] = '\0';
  if (DismGetLastErrorMessage(&message) != S_OK || message == NULL) {
    return;
  }
  size_t length = 0;
  for (; message->Value[length] != 0 && length + 1 < size; ++length) {
    text[length] = message->Value[length] < 0x80 ? (char)message->Value[length] : '?';
  }
  text[length] = '\0';
  if (DismDelete(message) != S_OK) {
    expect_failed(__FILE__, __LINE__, "DismDelete(message)", "failed");
  }
}

void expect_hr_at(const char* file, int line, const char* text, HRESULT found, HRESULT expected) {
  atomic_fetch_add(&checks, 1);
  if (found == expected) {
    return;
  }
  char message[message_size];
  last_message(message, sizeof message);
  char report[message_size + 128];
  snprintf(report, sizeof report, "0x%08X, expected 0x%08X; last message: \"%s\"", (unsigned)found,
           (unsigned)expected, message);
  expect_failed(file, line, text, report);
}

void expect_message_at(const char* file, int line, const char* words) {
  char message[message_size];
  last_message(message, sizeof message);
  atomic_fetch_add(&checks, 1);
  if (strstr(message, words) == NULL) {
    expect_failed(file, line, words, message[0] != '\0' ? message : "no message");
  }
}

void expect_exact_message_at(const char* file, int line, const char* text) {
  char message[message_size];
  last_message(message, sizeof message);
  atomic_fetch_add(&checks, 1);
  if (strcmp(message, text) != 0) {
    expect_failed(file, line, text, message[0] != '\0' ? message : "no message");
  }
}

const WCHAR* wide(const char* utf8, WCHAR* buffer, size_t size) {
  const size_t length = strlen(utf8);
  if (length >= size) {
    fprintf(stderr, "a path is too long for the test: %s\n", utf8);
    abort();
  }
  for (size_t i = 0; i <= length; ++i) {
    buffer[i] = (WCHAR)(unsigned char)utf8[i];
  }
  return buffer;
}
