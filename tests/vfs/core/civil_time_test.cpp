// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/civil_time.h"

#include "tests/support/matchers.h"

using namespace casement;  // NOLINT(google-build-using-namespace): test file

BOOST_AUTO_TEST_SUITE(civil_time)

BOOST_AUTO_TEST_CASE(readings_are_moments_in_their_zone) {
  const CivilTime reading{2024, 2, 29, 23, 30, 59, 123'456'700};
  BOOST_TEST(from_civil_time(reading, 0).to_iso8601() == "2024-02-29T23:30:59.1234567Z");
  BOOST_TEST(from_civil_time(reading, 120).to_iso8601() == "2024-02-29T21:30:59.1234567Z");
  BOOST_TEST(from_civil_time(reading, -30).to_iso8601() == "2024-03-01T00:00:59.1234567Z");
}

BOOST_AUTO_TEST_CASE(fields_that_name_no_moment_are_none) {
  const auto is_none = [](CivilTime reading, int zone = 0) {
    return !from_civil_time(reading, zone).is_set();
  };
  BOOST_TEST(is_none({}));
  BOOST_TEST(is_none({2023, 2, 29}));
  BOOST_TEST(is_none({2023, 13, 1}));
  BOOST_TEST(is_none({2023, 257, 1}));
  BOOST_TEST(is_none({2023, 1, 257}));
  BOOST_TEST(is_none({2023, 1, 1, 24}));
  BOOST_TEST(is_none({2023, 1, 1, 0, 60}));
  BOOST_TEST(is_none({2023, 1, 1, 0, 0, 60}));
  BOOST_TEST(is_none({2023, 1, 1, 0, 0, 0, 1'000'000'000}));
  BOOST_TEST(is_none({2023, 1, 1}, 1440));
  BOOST_TEST(is_none({-5, 1, 1}));
  BOOST_TEST(is_none({10'000, 1, 1}));
  BOOST_TEST(is_none({1600, 12, 31}));
}

BOOST_AUTO_TEST_SUITE_END()
