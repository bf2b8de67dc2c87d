// SPDX-License-Identifier: Apache-2.0
// Starts and ends the C interface from C, with nothing but its own header.
#include <dismapi.h>
#include <stdio.h>

int main(void) {
  const HRESULT started = DismInitialize(DismLogErrors, NULL, NULL);
  if (started == 0) {
    DismShutdown();
  }
  printf("0x%08x\n", (unsigned)started);
  return started == 0 ? 0 : 1;
}
