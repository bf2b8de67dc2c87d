// SPDX-License-Identifier: Apache-2.0
// The entry point of every unit-test binary.
#define BOOST_TEST_MODULE casement
#include <boost/test/unit_test.hpp>
