// SPDX-License-Identifier: Apache-2.0
// Every row of DISMAPI_FUNCTION_TABLE with a well-formed call of its function.
#ifndef CASEMENT_TESTS_ABI_EVERY_FUNCTION_H
#define CASEMENT_TESTS_ABI_EVERY_FUNCTION_H

#include <dismapi.h>
#include <stdbool.h>

enum FunctionState { state_implemented, state_not_built, state_read_only };

struct FunctionRow {
  const char* name;
  enum FunctionState state;
  bool has_session;
  /// Calls it with right arguments and this session. Expects what every failure promises: out
  /// pointers and counts are zeroed.
  HRESULT (*call)(DismSession session);
};

/// All rows, in the table's order; `*count` receives their number.
const struct FunctionRow* every_function(size_t* count);

#endif  // CASEMENT_TESTS_ABI_EVERY_FUNCTION_H
