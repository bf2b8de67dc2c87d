// SPDX-License-Identifier: Apache-2.0
// libfuse, in the version of its interface that all of this folder is written for.
#pragma once

// 3.4: loops with a configuration by value, as every libfuse from 2018 has them.
#define FUSE_USE_VERSION 34
#include <fuse_lowlevel.h>
