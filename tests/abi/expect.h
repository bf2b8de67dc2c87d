// SPDX-License-Identifier: Apache-2.0
// Expectations of the C tests: each failure is one line, and main() returns expect_result().
#ifndef CASEMENT_TESTS_ABI_EXPECT_H
#define CASEMENT_TESTS_ABI_EXPECT_H

#include <dismapi.h>
#include <stdbool.h>

/// Notes a failure, at `file`:`line`. Thread-safe.
void expect_failed(const char* file, int line, const char* what, const char* found);

/// 0 when every expectation held and there was at least one.
int expect_result(void);

void expect_true_at(const char* file, int line, const char* text, bool held);
void expect_hr_at(const char* file, int line, const char* text, HRESULT found, HRESULT expected);
/// This thread's last message exists and contains `words` (ASCII).
void expect_message_at(const char* file, int line, const char* words);
/// This thread's last message is exactly `text` (ASCII).
void expect_exact_message_at(const char* file, int line, const char* text);

#define EXPECT(condition) expect_true_at(__FILE__, __LINE__, #condition, (condition))
#define EXPECT_HR(call, expected) expect_hr_at(__FILE__, __LINE__, #call, (call), (expected))
#define EXPECT_MESSAGE(words) expect_message_at(__FILE__, __LINE__, (words))
#define EXPECT_EXACT_MESSAGE(text) expect_exact_message_at(__FILE__, __LINE__, (text))

/// `utf8` (ASCII only) as a WCHAR string in `buffer` of `size` units, which it must fit; gives
/// buffer.
const WCHAR* wide(const char* utf8, WCHAR* buffer, size_t size);

#endif  // CASEMENT_TESTS_ABI_EXPECT_H
