// SPDX-License-Identifier: Apache-2.0
// Comparing UTF-16 strings in C, which has no functions for them.
#ifndef CASEMENT_TESTS_ABI_WIDE_TEXT_H
#define CASEMENT_TESTS_ABI_WIDE_TEXT_H

#include <dismapi.h>
#include <stdbool.h>
#include <stddef.h>

static inline bool same_text(PCWSTR a, PCWSTR b) {
  if (a == NULL || b == NULL) {
    return false;
  }
  while (*a != 0 && *a == *b) {
    ++a;
    ++b;
  }
  return *a == *b;
}

static inline bool begins_with(PCWSTR text, PCWSTR prefix) {
  if (text == NULL) {
    return false;
  }
  while (*prefix != 0 && *text == *prefix) {
    ++text;
    ++prefix;
  }
  return *prefix == 0;
}

#endif  // CASEMENT_TESTS_ABI_WIDE_TEXT_H
