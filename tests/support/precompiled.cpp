// SPDX-License-Identifier: Apache-2.0
// Compiles the precompiled header.
#include "tests/support/precompiled.h"
