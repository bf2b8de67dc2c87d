// SPDX-License-Identifier: Apache-2.0
// What most tests include; see CASEMENT_TEST_PCH. Nothing relies on it: tests include what they use.
#pragma once

// IWYU pragma: begin_keep
#include <algorithm>
#include <array>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/matchers.h"
// IWYU pragma: end_keep
