// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/dos_time.h"

#include "tests/support/matchers.h"

using namespace casement;  // NOLINT(google-build-using-namespace): test file

namespace {

constexpr std::uint16_t date_of(unsigned year, unsigned month, unsigned day) {
  return static_cast<std::uint16_t>(((year - 1980) << 9) | (month << 5) | day);
}
constexpr std::uint16_t time_of(unsigned hour, unsigned minute, unsigned pairs) {
  return static_cast<std::uint16_t>((hour << 11) | (minute << 5) | pairs);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dos_time)

BOOST_AUTO_TEST_CASE(words_name_moments) {
  BOOST_TEST(from_dos_time(0x21, 0).to_iso8601() == "1980-01-01T00:00:00.0000000Z");
  BOOST_TEST(from_dos_time(date_of(2024, 2, 29), time_of(23, 59, 29), 199).to_iso8601() ==
             "2024-02-29T23:59:59.9900000Z");
  BOOST_TEST(from_dos_time(date_of(2107, 12, 31), time_of(12, 0, 0), 100).to_iso8601() ==
             "2107-12-31T12:00:01.0000000Z");
}

BOOST_AUTO_TEST_CASE(words_that_name_no_moment_are_none) {
  const auto is_none = [](std::uint16_t date, std::uint16_t time, std::uint8_t hundredths = 0) {
    return !from_dos_time(date, time, hundredths).is_set();
  };
  BOOST_TEST(is_none(0, 0));
  BOOST_TEST(is_none(date_of(2000, 0, 1), 0));
  BOOST_TEST(is_none(date_of(2000, 13, 1), 0));
  BOOST_TEST(is_none(date_of(2000, 1, 0), 0));
  BOOST_TEST(is_none(date_of(2001, 2, 29), 0));
  BOOST_TEST(is_none(date_of(2000, 4, 31), 0));
  BOOST_TEST(is_none(date_of(2000, 1, 1), time_of(24, 0, 0)));
  BOOST_TEST(is_none(date_of(2000, 1, 1), time_of(0, 60, 0)));
  BOOST_TEST(is_none(date_of(2000, 1, 1), time_of(0, 0, 30)));
  BOOST_TEST(is_none(date_of(2000, 1, 1), 0, 200));
}

BOOST_AUTO_TEST_SUITE_END()
