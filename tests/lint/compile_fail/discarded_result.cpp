// SPDX-License-Identifier: Apache-2.0
// A Result, and with it an Error, cannot be dropped by mistake.
// Refused: nodiscard
#include "vfs/core/result.h"

casement::Result<void> check();
casement::Result<int> count();

void caller() {
  if (!check() || !count()) {
    return;
  }
#ifdef MISUSE
  check();
#endif
}
