// SPDX-License-Identifier: Apache-2.0
// The questions of the C client that are not about packages.
#ifndef CASEMENT_TESTS_ABI_C_QUESTIONS_H
#define CASEMENT_TESTS_ABI_C_QUESTIONS_H

#include <dismapi.h>

// Each expects a session on the recipe windows_11.
void test_drivers(DismSession session);
void test_app_packages(DismSession session);
void test_editions(DismSession session);
void test_hives(DismSession session);
void test_health(DismSession session);

#endif  // CASEMENT_TESTS_ABI_C_QUESTIONS_H
