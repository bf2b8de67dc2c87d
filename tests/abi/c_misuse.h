// SPDX-License-Identifier: Apache-2.0
// The parts of the C client.
#ifndef CASEMENT_TESTS_ABI_C_MISUSE_H
#define CASEMENT_TESTS_ABI_C_MISUSE_H

#include <dismapi.h>

// Each begins and ends with a library that is not initialized.
void test_before_initialize(void);
void test_library_life(const char* folder);
void test_misuse(PCWSTR image);
void test_table(PCWSTR image);
void test_memory(void);

#endif  // CASEMENT_TESTS_ABI_C_MISUSE_H
